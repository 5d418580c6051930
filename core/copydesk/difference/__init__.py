"""What two chains, two stores, or a chain and a store make of the same documents."""

"""The phrases of each language, and the form that texts are brought into to match them."""

from __future__ import annotations

import re
from importlib.resources import files

import pytest

from copydesk_boilerplate.lines import SCOPES
from copydesk_boilerplate.matcher import Matcher
from copydesk_boilerplate.phrases import fold_expression, normalize_text, read_patterns

MATCHER = Matcher(read_patterns())

# What news sites write around articles, by language; each is a whole line or sentence.
BOILERPLATE = {
    "ar": """
        comments | اترك تعليقاً
        comments | لن يتم نشر عنوان بريدك الإلكتروني. الحقول الإلزامية مشار إليها بـ *
        related articles | اقرأ أيضاً: الحكومة تعلن خطة جديدة لدعم الاقتصاد
        related articles | الأكثر قراءة
        sharing | شارك عبر فيسبوك
        newsletter | اشترك في النشرة البريدية لتصلك آخر الأخبار
        photo credit | مصدر الصورة، Getty Images
        source note | المصدر: وكالات
        copyright | جميع الحقوق محفوظة © 2024
        advertisement | إعلان
    """,
    "cs": """
        related articles | Čtěte také: Vláda schválila rozpočet na příští rok
        related articles | Související články
        comments | Přidat komentář
        photo credit | Foto: ČTK
        source note | Zdroj: ČTK
        advertisement | Článek pokračuje pod reklamou
        sharing | Sdílet na Facebooku
        newsletter | Přihlaste se k odběru našeho newsletteru.
        reading time | Doba čtení: 4 minuty
        copyright | Všechna práva vyhrazena.
    """,
    "de": """
        related articles | Lesen Sie auch: Regierung beschließt neuen Haushalt
        related articles | Das könnte Sie auch interessieren
        comments | Schreiben Sie einen Kommentar
        photo credit | Foto: dpa/Michael Kappeler
        source note | Quelle: dpa
        advertisement | Anzeige
        sharing | Artikel teilen
        newsletter | Jetzt kostenlos unseren Newsletter abonnieren!
        navigation | Zum Inhalt springen
        reading time | Lesezeit: 5 Minuten
        copyright | © 2024 Musterverlag GmbH. Alle Rechte vorbehalten.
    """,
    "el": """
        related articles | Διαβάστε επίσης: Νέα μέτρα για την οικονομία
        related articles | ΣΧΕΤΙΚΑ ΑΡΘΡΑ
        comments | Αφήστε ένα σχόλιο
        photo credit | Φωτογραφία: EUROKINISSI
        source note | Πηγή: ΑΠΕ-ΜΠΕ
        advertisement | ΔΙΑΦΗΜΙΣΗ
        newsletter | Ακολουθήστε το στο Google News και μάθετε πρώτοι όλες τις ειδήσεις
        copyright | Με επιφύλαξη παντός δικαιώματος
        reading time | Χρόνος ανάγνωσης: 3 λεπτά
    """,
    "en": """
        related articles | READ MORE: What the new budget means for you
        related articles | You may also like
        comments | Your email address will not be published. Required fields are marked *
        photo credit | Photo: Jane Doe/Getty Images
        source note | This article was originally published in The Conversation.
        advertisement | Story continues below advertisement
        sharing | Share this article
        newsletter | Sign up for our daily newsletter to get the best stories.
        navigation | Skip to main content
        reading time | 5 min read
        copyright | © 2024 The Daily Example. All rights reserved.
        cookies | Manage cookie preferences
        subscription | Already a subscriber? Log in
    """,
    "es": """
        related articles | Lea también: El Gobierno aprueba el nuevo presupuesto
        related articles | Te puede interesar
        comments | Deja un comentario
        photo credit | Foto: EFE/Juan Pérez
        source note | Fuente: Europa Press
        advertisement | PUBLICIDAD
        sharing | Compartir en Facebook
        newsletter | Suscríbete a nuestra newsletter y recibe las noticias cada mañana
        navigation | Ir al contenido
        reading time | Tiempo de lectura: 4 minutos
        copyright | Todos los derechos reservados
    """,
    "fa": """
        related articles | بیشتر بخوانید: دولت بودجه سال آینده را تصویب کرد
        related articles | اخبار مرتبط
        comments | نشانی ایمیل شما منتشر نخواهد شد.
        comments | ارسال نظر
        source note | منبع: ایسنا
        advertisement | تبلیغات
        photo credit | عکس: رضا احمدی
    """,
    "fr": """
        related articles | À lire aussi : Le gouvernement adopte le budget
        related articles | A LIRE AUSSI
        related articles | Sur le même sujet
        comments | Laisser un commentaire
        photo credit | Crédit image en vedette : Kerem Gülen/Milieu du voyage
        photo credit | Crédit photo : AFP
        source note | Avec AFP
        advertisement | Publicité
        sharing | Partager sur Facebook
        newsletter | Inscrivez-vous à notre newsletter pour ne rien manquer.
        navigation | Aller au contenu principal
        reading time | Temps de lecture : 4 min
        copyright | Tous droits réservés.
        subscription | Article réservé aux abonnés
    """,
    "he": """
        related articles | קראו גם: הממשלה אישרה את התקציב
        related articles | כתבות נוספות
        comments | הוסף תגובה
        photo credit | צילום: יונתן זינדל
        advertisement | פרסומת
        copyright | © כל הזכויות שמורות
        sharing | שתפו בפייסבוק
    """,
    "hi": """
        related articles | ये भी पढ़ें: सरकार ने नया बजट पेश किया
        related articles | संबंधित खबरें
        comments | अपनी टिप्पणी लिखें
        photo credit | फोटो: पीटीआई
        source note | (इनपुट: भाषा)
        advertisement | विज्ञापन
        sharing | शेयर करें
    """,
    "id": """
        related articles | Baca juga: Pemerintah menyetujui anggaran baru
        related articles | Berita Terkait
        comments | Tulis komentar
        photo credit | Foto: ANTARA/Budi Santoso
        source note | Editor: Siti Rahma
        advertisement | ADVERTISEMENT
        newsletter | Ikuti kami di Google News dan saluran WhatsApp untuk berita terbaru
        copyright | Hak cipta dilindungi undang-undang
        navigation | Langsung ke konten utama
    """,
    "it": """
        related articles | Leggi anche: Il governo approva la manovra
        related articles | Articoli correlati
        comments | Lascia un commento
        photo credit | Foto: ANSA/Mario Rossi
        source note | Riproduzione riservata
        advertisement | Pubblicità
        sharing | Condividi su Facebook
        newsletter | Iscriviti alla nostra newsletter
        navigation | Vai al contenuto
        reading time | Tempo di lettura: 3 minuti
    """,
    "ja": """
        related articles | 関連記事
        related articles | あわせて読みたい
        related articles | 続きを読む
        comments | コメントを書く
        photo credit | 写真:ロイター
        source note | 出典：共同通信
        copyright | 本サイトの記事の無断転載を禁じます
        advertisement | スポンサーリンク
        sharing | この記事をシェア
    """,
    "ko": """
        related articles | 관련기사
        related articles | 많이 본 뉴스
        comments | 댓글 쓰기
        photo credit | 사진=연합뉴스
        copyright | 저작권자 ⓒ 한국일보, 무단전재 및 재배포 금지
        copyright | Copyright ⓒ 예시일보. 무단전재 및 재배포 금지.
        source note | 홍길동 기자 gildong@example.com
        sharing | 카카오톡으로 공유
        advertisement | 광고
    """,
    "nl": """
        related articles | Lees ook: Kabinet akkoord over begroting
        related articles | Meest gelezen
        comments | Plaats een reactie
        photo credit | Foto: ANP/Remko de Waal
        source note | Bron: ANP
        advertisement | Tekst gaat verder onder de advertentie
        sharing | Deel dit artikel
        newsletter | Schrijf je in voor onze nieuwsbrief
        copyright | Alle rechten voorbehouden
    """,
    "pl": """
        related articles | Czytaj też: Rząd przyjął budżet
        related articles | Najczęściej czytane
        comments | Dodaj komentarz
        photo credit | Fot. Jakub Kamiński / PAP
        source note | Źródło: PAP
        advertisement | Dalsza część artykułu pod materiałem wideo
        sharing | Udostępnij na Facebooku
        newsletter | Zapisz się na newsletter i bądź na bieżąco
        copyright | Wszelkie prawa zastrzeżone.
    """,
    "pt": """
        related articles | Leia também: Governo aprova novo orçamento
        related articles | Notícias relacionadas
        comments | Deixe um comentário
        photo credit | Foto: Reuters/João Silva
        source note | Fonte: Agência Brasil
        advertisement | Continua após a publicidade
        sharing | Compartilhe no WhatsApp
        newsletter | Assine nossa newsletter e receba as notícias no seu e-mail
        copyright | Todos os direitos reservados.
    """,
    "ro": """
        related articles | Citește și: Guvernul a aprobat bugetul
        related articles | Articole similare
        comments | Lasă un comentariu
        photo credit | Sursa foto: Agerpres
        source note | Sursa: Mediafax
        advertisement | Publicitate
        newsletter | Abonează-te la newsletter
        copyright | Toate drepturile rezervate.
    """,
    "ru": """
        related articles | Читайте также: Правительство утвердило бюджет
        related articles | Материалы по теме
        comments | Оставить комментарий
        photo credit | Фото: РИА Новости / Иван Петров
        source note | Источник: ТАСС
        advertisement | Реклама
        sharing | Поделиться ВКонтакте
        newsletter | Подписывайтесь на наш канал в Telegram
        copyright | Все права защищены.
        reading time | Время чтения: 5 минут
    """,
    "sv": """
        related articles | Läs också: Regeringen presenterar budgeten
        related articles | Mest läst
        comments | Skriv en kommentar
        photo credit | Foto: TT/Anders Wiklund
        source note | Källa: TT
        advertisement | Annons
        sharing | Dela artikeln
        newsletter | Prenumerera på vårt nyhetsbrev
    """,
    "th": """
        related articles | ข่าวที่เกี่ยวข้อง
        related articles | อ่านเพิ่มเติม: รัฐบาลอนุมัติงบประมาณ
        comments | แสดงความคิดเห็น
        photo credit | ภาพจาก : AFP
        source note | ที่มา: รอยเตอร์
        advertisement | โฆษณา
        sharing | แชร์ข่าวนี้
    """,
    "tr": """
        related articles | İLGİLİ HABERLER
        related articles | Bunlar da ilginizi çekebilir
        comments | Yorum yap
        photo credit | Fotoğraf: AA
        source note | Kaynak: Anadolu Ajansı
        advertisement | Reklam
        sharing | Facebook'ta paylaş
        copyright | Tüm hakları saklıdır.
    """,
    "uk": """
        related articles | Читайте також: Уряд ухвалив бюджет
        related articles | Схожі новини
        comments | Залишити коментар
        photo credit | Фото: УНІАН
        source note | Джерело: Укрінформ
        advertisement | Реклама
        newsletter | Підписуйтесь на наш Telegram-канал
        copyright | Усі права захищені.
    """,
    "vi": """
        related articles | Xem thêm: Chính phủ thông qua ngân sách
        related articles | Tin liên quan
        comments | Gửi bình luận
        photo credit | Ảnh: TTXVN
        source note | Nguồn: VnExpress
        source note | Theo Reuters
        advertisement | Quảng cáo
        sharing | Chia sẻ bài viết
    """,
    "zh": """
        source note | 来源:亲爱的数据一点号
        source note | 责任编辑：王小明
        source note | 钛媒体注：本文来源于微信公众号某某，作者｜张三，钛媒体经授权发布。
        related articles | 相关推荐
        related articles | 延伸閱讀：行政院通過新預算
        comments | 发表评论
        photo credit | 图片来源：视觉中国
        copyright | 未经授权，不得转载。
        sharing | 分享到微信
        advertisement | 廣告
    """,
}
LINES = [
    (language, *line.strip().split(" | ", 1))
    for language, lines in BOILERPLATE.items()
    for line in lines.strip().splitlines()
]


@pytest.mark.parametrize(("language", "reason", "text"), LINES)
def test_phrases_of_news_sites(language: str, reason: str, text: str) -> None:
    """What news sites put around articles is matched, with the reason that fits."""
    found = MATCHER.match(normalize_text(text))

    assert found is not None
    assert reason == found.reason


CONTENT = """
    Photo of the year goes to a student from Lagos.
    Discussion continued until midnight.
    Der Newsletter des Ministeriums berichtete zuerst darüber.
    La source de l'incendie reste inconnue.
    Related deaths rose by a third.
    Comments by the minister drew criticism.
    En savoir plus sur ce virus est une priorité, disent les chercheurs.
    Advertising revenue fell by 12 percent.
    Fuentes del gobierno confirmaron la noticia.
    来源于工业的污染有所下降
    评论员认为经济将复苏
    相关部门已经展开调查
    写真家の遺作が見つかった
    관련 부처는 조사에 착수했다
    Фото стало символом протеста.
    Читайте законы внимательно, советует адвокат.
    Share prices fell sharply on Monday.
    Copyright law is changing fast.
    المصدر الرئيسي للطاقة هو الشمس
    Expansion stratégique de xAI
    xAI obtient un financement de 6 milliards de dollars, le capital total atteint 12 milliards
"""


@pytest.mark.parametrize("text", CONTENT.strip().splitlines())
def test_content_that_begins_alike(text: str) -> None:
    """A sentence of an article is not matched for the word that it begins with."""
    assert MATCHER.match(normalize_text(text)) is None


def test_every_language_of_the_news() -> None:
    """There is a file for each of the 25 languages, and one for what is common to them."""
    names = {file.name for file in files("copydesk_boilerplate").joinpath("phrases").iterdir()}

    assert {f"{language}.toml" for language in [*BOILERPLATE, "any"]} == names


def test_every_pattern_says_what_it_catches() -> None:
    """Each pattern stands on a line of its own, with a comment."""
    for file in files("copydesk_boilerplate").joinpath("phrases").iterdir():
        lines = file.read_text("utf-8").splitlines()

        assert [] == [line for line in lines if re.match(r"\s+'", line) and "',  # " not in line]


def test_every_pattern_compiles() -> None:
    """Each pattern is an expression of a known scope that matches no empty text."""
    for pattern in read_patterns():
        assert pattern.scope in SCOPES
        assert not re.fullmatch(fold_expression(pattern.expression), "")


@pytest.mark.parametrize(
    ("expected", "text"),
    [
        ("a lire aussi", "▶ À LIRE AUSSI :"),
        ("ilgili haberler", "İLGİLİ HABERLER"),
        ("ilgili", "ılgılı"),
        ("来源:数据", "来源：数据"),
        ('it\'s - a "test" of', "It’s\u00a0— a “test” of"),
        ("σχετικα", "ΣΧΕΤΙΚΆ"),
        ("© 2024", "(© 2024)"),
        ("أخبار", "أَخْبَار"),
        ("관련", "관련"),
        ("", " …— "),
    ],
)
def test_normalized_text(expected: str, text: str) -> None:
    """Case, accents, width, blanks and the marks around a text do not count."""
    assert expected == normalize_text(text)

"""Names with numbers, and the words that make a name of the number behind them, in every language. Data only.

A project adds its own under ``names`` in ``seeds/definitions.yaml``.
"""

from __future__ import annotations

import re
from typing import Final

NO_DESIGNATION: Final = re.compile(
    r"(?:RUB|RUR|USD|EUR|GBP|UAH|CHF|JPY|CNY|INR|PLN|CZK|SEK|NOK|DKK|CAD|AUD|NZD|BRL|ZAR|TRY|KZT|BYN|ILS"
    r"|MXN|KRW|HKD|SGD|BTC|ETH|US|AD|BC|BCE|CE|FY|CY|MEN|IN|ON|AT|TO|OF|BY|OR|AND|FOR|ALL|SUM|TOP|AGE|APR"
    r"|MAY|JUN|JUL|AUG|SEP|SEPT|OCT|NOV|DEC|JAN|FEB|MAR|KM|KG|CM|MM|HA|KW|MW|GW|BN|MN|MLN|TEN|SIX|ONE|TWO"
    r"|X|Q|DEAD|LOST|OVER|ONLY)[-‑–]?\d|H[12]$"
    r"|(?:До|От|На|За|По|Не|Во|Из|Их|Им|Від|Зі|Та|Як|Май|Мар|Лип|Чел|Чол|Руб|Грн|Тыс|Тис)[-‑]\d"
)
"""Letters before digits that make no name: currencies, quarters, months, units, and small words in capitals."""

CLASSIFIERS: Final = tuple(
    (
        "article|articles|art.|arts.|section|sections|sec.|clause|clauses|paragraph|"
        "paragraphs|para.|subparagraph|subsection|chapter|chapters|annex|appendix|schedule|"
        "rule|table|tables|figure|figures|fig.|figs.|box|chart|exhibit|plate|footnote|note|"
        "page|pages|pp.|p.|verse|volume|vol.|issue|step|phase|stage|grade|type|room|rooms|"
        "flight|gate|platform|highway|route|apartment|suite|flat|terminal|pier|track|form|"
        "exercise|question|goal|lesson|recital|amendment|bullet|item|slide|equation|eq.|"
        "panel|case|episode|season|tier|pillar|scope|junction|exit|Artikel|Art.|Absatz|Abs.|"
        "Abschnitt|Ziffer|Kapitel|Anhang|Anlage|Tabelle|Abbildung|Abb.|Seite|S.|Band|Zimmer|"
        "Raum|Gleis|Fußnote|Paragraf|Paragraph|Teil|Kanal|Stufe|Phase|Typ|Klasse|Linie|"
        "Halle|Regel|статья|статьи|статье|статью|статьёй|статьей|статей|ст.|часть|части|"
        "частью|ч.|пункт|пункта|пункте|пункту|пунктом|п.|глава|главы|главе|главу|раздел|"
        "раздела|разделе|таблица|таблице|таблицы|таблицу|табл.|рисунок|рисунке|рис.|"
        "приложение|приложении|приложения|страница|странице|стр.|с.|том|тома|томе|параграф|"
        "параграфа|канал|канале|этап|этапе|кабинет|кабинете|палата|палате|рейс|рейса|маршрут|"
        "маршрута|школа №|вагон|стаття|статті|статтю|статтею|частина|частини|частині|частину|"
        "пункті|розділ|розділу|розділі|таблиця|таблиці|таблицю|рисунку|додаток|додатку|"
        "додатка|сторінка|сторінці|сторінки|етап|етапі|каналі"
    ).split("|")
)
"""Words that make a name of the number behind them, in small and large letters."""

CLASSIFIERS_IN_CAPITALS: Final = tuple(
    (
        "Regulation|Directive|Decision|Protocol|Title|Part|Parts|Level|Class|Category|Zone|"
        "District|Ward|Unit|Line|Lines|Lot|Block|Building|Model|Mark|Series|Group|Bus|Tram|"
        "Schedule|Order|Decree|Law|Act|Bill|Proposition|Channel|Radio|Division|Squad|"
        "Task Force|Psalm|Sonnet|Symphony|Book|Day|Site|Sector|Reactor|Band|Camp|Stalag|"
        "Area|Rule|Camera|Well|Hall|Studio|Ebene|Kategorie|Haus|Kanal|"
        "Bahnsteig|Reaktor|Энергоблок|энергоблок|Школа №|Реактор|Table|Figure|Version|"
        "Scenario|Pathway|Layer|Mode|Plan|Tower|Pit|Shaft|Lane"
    ).split("|")
)
"""Words that do so only with a large letter, since they also stand before what is counted."""

NUMBER_WORDS: Final = tuple(("One|Two|Three|Four|Five|Six|Seven|Eight|Nine|Ten|Eleven|Twelve|one|two|three|four|five").split("|"))
"""Numbers in words that may stand behind these: "Chapter Three", "phase two"."""

STANDARDS: Final = tuple(
    (
        "EN|ISO|DIN|DIN EN|DIN EN ISO|EN ISO|IEC|IEEE|RFC|ANSI|ASTM|BS EN|JIS|CEN|NIST|NIST SP|"
        "FIPS|ICD|DSM|CVE|CWE|ISBN|ISSN|PMID|PMC|ECMA|SAE|NFPA|UTF|AES|SHA|TLS|HTTP/|USB|IPv|"
        "Wi-Fi|WiFi|Bluetooth|WCAG|CC BY|CC BY-SA|GPL|GPLv|LGPL|AGPL|MPL|Unicode|HTML|CSS|"
        "SQL|ГОСТ|ГОСТ Р|ДСТУ|СНиП|СанПиН|ДБН|ОКВЭД|RCP|SSP|SDG|CMIP|HadCRUT|HadCRUT.|"
        "GISTEMP v|NACE|SIC|NAICS|ISCO|EAN|COVID|Covid|SARS-CoV|SARS|MERS|HIV|HPV|HLA|PM|NOx|"
        "vitamin B|Vitamin B|interleukin-|GLP|Sustainable Development Goal|"
        "Sustainable Development Goals|IFRS|IAS|FIDE|BRCA|Omega|omega|Carbon|carbon|Uranium|"
        "uranium|Caesium|caesium|Cesium|cesium|Iodine|iodine|Strontium|Plutonium|plutonium|"
        "Polonium|Cäsium|Jod|Uran|Kohlenstoff|цезий|йод|уран|углерод|стронций|цезій|вуглець|"
        "КОВИД|ковид|SSP1|SSP2|SSP3|SSP4|SSP5|Basel|COP|PDF"
    ).split("|")
)
"""Standards, scales and substances that have a number behind their name."""

PRODUCTS: Final = tuple(
    (
        "Boeing|Airbus|Antonov|Tupolev|Sukhoi|Ilyushin|Cessna|Embraer|Bombardier|Falcon|"
        "Apollo|Voyager|Sputnik|Soyuz|Luna|Gemini|Vostok|Ariane|Artemis|Hubble|Sentinel|"
        "Landsat|Kepler|Venera|Chang’e|Windows|Windows Server|Android|iOS|iPadOS|macOS|"
        "Ubuntu|Debian|Fedora|Python|Java|JavaScript|PHP|Ruby|Perl|Node|Node.js|Rust|MkDocs|"
        "Django|Rails|React|Vue|Angular|Chrome|Firefox|Safari|Office|Photoshop|Excel|"
        "PostgreSQL|MySQL|SQLite|Redis|Linux|Plotly|Markdown|Python-Markdown|Pandoc|LaTeX|"
        "Docker|Kubernetes|GPT|ChatGPT|Llama|Claude|Stata|SPSS|Vega|Zensical|pip|git|Git|"
        "iPhone|iPad|Galaxy|Galaxy S|PlayStation|Xbox|Nintendo|Game Boy|Commodore|"
        "Raspberry Pi|Sinclair|Pentium|Core i|Ryzen|RTX|Tesla Model|Peugeot|Renault|Citroën|"
        "Fiat|Porsche|Ferrari|BMW|Audi A|Audi Q|Mazda|Volvo|Saab|Ford F-|Lada|ВАЗ|Лада|"
        "Channel|Radio|BBC|BBC Radio|BBC One|ITV|Kanal|RTL|SAT.|Первый канал|Interstate|"
        "Autobahn A|Super Bowl|Catch-|Bundesliga|UEFA Euro|Blink-|Maroon|UB|S&P|FTSE|DAX|CAC|"
        "Nikkei|Dow|NASDAQ-|Nasdaq|Fortune|Stoxx|MSCI|IBEX|РТС|Hurricane Category|Saturn|"
        "Titan|Minuteman|Trident|Patriot|Javelin|Kalashnikov AK-|Калашников АК-|МиГ|Миг|МіГ|"
        "Боинг|Боїнг|Аэробус|Аеробус|Союз|Восток|Спутник|Аполлон|Сатурн|Аполлон-|Восток-|"
        "Союз-|Спутник-|Искандер|Канал|Радио|Спутник V|Новичок-|France 24|Trisomy|trisomy|"
        "Expo"
    ).split("|")
)
"""Makes, programs and the like whose names have a number behind them."""

STREETS: Final = tuple(
    (
        "Street|St.|St|Road|Rd|Rd.|Avenue|Ave|Ave.|Lane|Drive|Boulevard|Blvd|Square|Way|"
        "Place|Court|Terrace|Close|Quay|Embankment|Crescent|Row|Gardens|Plaza|Parkway|Mews|"
        "Broadway"
    ).split("|")
)
"""What streets are called in English."""
CODES: Final = "A[LKZR]|C[AOT]|D[EC]|FL|GA|HI|I[DLNA]|K[SY]|LA|M[EDAINSOT]|N[EVHJMYCD]|O[HKR]|PA|RI|S[CD]|T[NX]|UT|V[TA]|W[AVIY]"
"""The codes of the states of the USA, before a postcode."""
EMERGENCY: Final = "112|911|999|000|110|115|118|119|101|102|103|104|111|988|116[ \u00a0]?\\d{3}"
"""Numbers that one calls for help."""

RULERS: Final = tuple(
    (
        "Henry|Louis|Elizabeth|Charles|George|William|Edward|Richard|James|John|Paul|"
        "John Paul|Benedict|Leo|Pius|Philip|Nicholas|Alexander|Catherine|Peter|Frederick|"
        "Mary|Ivan|Basil|Otto|Napoleon|Francis|Ferdinand|Gustav|Harald|Haakon|Christian|"
        "Margrethe|Rama|Ramses|Ptolemy|Mehmed|Selim|Murad|Abdul Hamid|Pedro|Alfonso|Carlos|"
        "Juan Carlos|Felipe|Joseph|Leopold|Albert|Baudouin|Umberto|Victor Emmanuel|Clement|"
        "Innocent|Gregory|Urban|Boniface|Sixtus|Julius|Darius|Xerxes|Cyrus|Artaxerxes|"
        "Theodosius|Constantine|Justinian|Michael|Sigismund|Casimir|Wilhelm|Friedrich|"
        "Friedrich Wilhelm|Heinrich|Ludwig|Karl|Johannes Paul|Johannes|Benedikt|Katharina|"
        "Nikolaus|Franz|Maximilian|Philipp|Elisabeth|Georg|Генрих|Людовик|Елизавета|"
        "Екатерина|Екатерины|Екатерине|Екатериной|Николай|Николая|Александр|Александра|Пётр|"
        "Петр|Петра|Павел|Павла|Иван|Ивана|Карл|Карла|Фридрих|Вильгельм|Георг|Иоанн|Бенедикт|"
        "Людовика|Генриха|Елизаветы|Наполеон|Наполеона|Катерина|Катерини|Миколи|Микола|"
        "Олександр|Олександра|Петро|Павло|Фрідріх|Вільгельм|Генріх|Людовік|Єлизавета|"
        "Єлизавети|Іван|Івана|Іоанн|Vatican|Super Bowl|Type|Apollo|Ватикан|Schengen|Title|"
        "Olympiad"
    ).split("|")
)
"""First names of those who are told from each other by a Roman numeral."""

NAMES: Final = tuple(
    (
        "Agenda 2030|Agenda 21|737 MAX|Microsoft 365|Office 365|Big Ben|MiG-29|MiG-31|MiG-21|"
        "First Lady|First Minister|First Nations|First Nation|First Amendment|"
        "Second Amendment|Fourth Amendment|Fifth Amendment|Fourteenth Amendment|Third Reich|"
        "Third World|Third Way|Third Republic|Fourth Republic|Fifth Republic|Second Republic|"
        "First Republic|Second Empire|First Folio|Second Vatican Council|First Sea Lord|"
        "First Secretary|Second Secretary|Third Man|Twelfth Night|Fourth Estate|First Reich|"
        "Second Life|Fourth of July|July Fourth|First Fleet|First Step Act|Second Coming|"
        "Second Temple|Six-Day War|Seven Years’ War|Seven Years' War|Hundred Years’ War|"
        "Hundred Years' War|Thirty Years’ War|Thirty Years' War|Eighty Years’ War|"
        "Three Gorges|Three Gorges Dam|Three Mile Island|Five Eyes|Five-Year Plan|"
        "Ten Commandments|Twelve Apostles|Three Kings|Three Musketeers|Four Seasons|"
        "Six Nations|Nine Inch Nails|Seven Sisters|Seven Wonders|Group of Seven|"
        "Group of Twenty|Magnificent Seven|Big Four|Big Three|Thousand Islands|Thousand Oaks|"
        "Seven Oaks|Sevenoaks|One Nation|One Direction|BBC One|BBC Two|Air Force One|"
        "Formula One|Nineteen Eighty-Four|Fahrenheit 451|Two Rivers|Three Rivers|"
        "Ten Downing Street|Capital One|One Belt, One Road|Opus 131|Route 66|Area 51|Pier 39|"
        "District 9|France 24|Rossiya 24|Россия 24|Россия 1|Rossiya 1|112 Україна|Catch-22|"
        "Terminator 2|Blade Runner 2049|Formula 1|Formula 2|Formula E|Sum 41|Blink-182|"
        "Maroon 5|Level 42|U2|UB40|Agent 007|James Bond 007|WD-40|7-Eleven|7 Up|3M|Big 5|V-2|"
        "Apollo 13|Forever 21|Motel 6|Heinz 57|Chanel No. 5|Studio 54|Section 28|Charter 77|"
        "Charter 08|Year 2000 problem|Y2K|Theresa May|Brian May|Prime Minister May|Mrs May|"
        "Ms May|May Day|Karl May|Robert May|Elaine May|October Revolution|"
        "February Revolution|April Fools|April Fool|June bug|July Crisis|November Revolution|"
        "Black September|Black October|September 11 attacks|October Surprise|October War|"
        "August Wilson|August Strindberg|March Madness|March on Washington|"
        "May Fourth Movement|Ides of March|Zweites Deutsches Fernsehen|Erste Bank|Das Erste|"
        "Dritten Reich|Drittes Reich|Dritten Reiches|Dritte Welt|"
        "Zweites Vatikanisches Konzil|Zweiten Vatikanischen Konzil|Erste Hilfe|Ersten Hilfe|"
        "Erste-Hilfe|Dreißigjähriger Krieg|Dreißigjährigen Krieg|Dreißigjährigen Krieges|"
        "Siebenjährigen Krieg|Vierwaldstättersee|Zwölfapostelkeller|Dreikönigstag|"
        "Vierschanzentournee|Zweibrücken|Dreiländereck|Neunkirchen|первая помощь|"
        "первой помощи|первую помощь|Первая помощь|перша допомога|першу допомогу|"
        "першої допомоги|Перша допомога|Третий рейх|Третьего рейха|Третій рейх|"
        "Третього рейху|Первый канал|Первого канала|Первом канале|Перший канал|Первомай|"
        "Восьмое марта|Октябрьская революция|первая леди|первой леди|перша леді|першої леді|"
        "первое лицо|Тысяча и одна ночь|Двенадцать стульев|Три мушкетёра|Три мушкетера|"
        "Три сестры|Седьмая студия|на первый взгляд|На первый взгляд|на перший погляд|"
        "в первую очередь|В первую очередь|у першу чергу|У першу чергу|во-первых|Во-первых|"
        "во-вторых|Во-вторых|в-третьих|В-третьих|по-перше|По-перше|по-друге|По-друге|"
        "по-третє|По-третє|с одной стороны|С одной стороны|з одного боку|З одного боку|"
        "одно и то же|в один голос|один на один|сам по себе|самое время|на самом деле|"
        "На самом деле|в самом деле|то же самое"
    ).split("|")
)
"""Names and fixed words, as they are written."""

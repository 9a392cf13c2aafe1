/**
 * Titles of the ICD-10 codes in everyday use in a polyclinic, short enough for a list. One line a code:
 * code | Uzbek | Russian | English [| Uzbek in Cyrillic, where it is not a transliteration].
 */
import type { Entry, Words } from '../entry.ts';

const titles = `
A06.9 | Amyobiaz, aniqlanmagan | Амёбиаз неуточнённый | Amoebiasis, unspecified
A07.1 | Lyamblioz | Лямблиоз | Giardiasis
A08.0 | Rotavirusli enterit | Ротавирусный энтерит | Rotaviral enteritis
A09.0 | Yuqumli kelib chiqishli gastroenterit va kolit | Гастроэнтерит и колит инфекционного происхождения | Gastroenteritis and colitis of infectious origin
A15.0 | Oʻpka sili, balgʻam mikroskopiyasida tasdiqlangan | Туберкулёз лёгких, подтверждённый микроскопией мокроты | Tuberculosis of lung, confirmed by sputum microscopy
A16.2 | Oʻpka sili, bakteriologik tasdiqlanmagan | Туберкулёз лёгких без бактериологического подтверждения | Tuberculosis of lung, without bacteriological confirmation
A23.9 | Brutsellyoz, aniqlanmagan | Бруцеллёз неуточнённый | Brucellosis, unspecified
A38 | Skarlatina | Скарлатина | Scarlet fever
A46 | Saramas | Рожа | Erysipelas
A54.9 | Gonokokk infeksiyasi, aniqlanmagan | Гонококковая инфекция неуточнённая | Gonococcal infection, unspecified | Гонококк инфекцияси, аниқланмаган
A59.0 | Siydik-tanosil trixomoniazi | Урогенитальный трихомониаз | Urogenital trichomoniasis
A60.0 | Jinsiy aʼzolar gerpesi | Герпетическая инфекция половых органов | Herpesviral infection of genitalia
B00.9 | Gerpes virusi infeksiyasi, aniqlanmagan | Герпетическая инфекция неуточнённая | Herpesviral infection, unspecified | Герпес вируси инфекцияси, аниқланмаган
B01.9 | Suvchechak, asoratsiz | Ветряная оспа без осложнений | Varicella without complication
B02.9 | Oʻrab oluvchi temiratki, asoratsiz | Опоясывающий лишай без осложнений | Zoster without complication
B18.1 | Surunkali virusli B gepatit, delta-agentsiz | Хронический вирусный гепатит B без дельта-агента | Chronic viral hepatitis B without delta-agent | Сурункали вирусли B гепатит, дельта-агентсиз
B18.2 | Surunkali virusli C gepatit | Хронический вирусный гепатит C | Chronic viral hepatitis C | Сурункали вирусли C гепатит
B20.9 | Yuqumli kasalliklarga olib kelgan OIV kasalligi | Болезнь, вызванная ВИЧ, с инфекционными болезнями | HIV disease with unspecified infectious disease
B24 | OIV kasalligi, aniqlanmagan | Болезнь, вызванная ВИЧ, неуточнённая | Unspecified HIV disease
B35.1 | Tirnoq zamburugʻi | Микоз ногтей | Tinea unguium
B35.3 | Oyoq panjasi zamburugʻi | Микоз стоп | Tinea pedis
B36.0 | Rang-barang temiratki | Разноцветный лишай | Pityriasis versicolor
B37.0 | Ogʻiz kandidozi | Кандидозный стоматит | Candidal stomatitis
B37.3 | Qin va vulva kandidozi | Кандидоз вульвы и вагины | Candidiasis of vulva and vagina
B67.9 | Exinokokkoz, boshqa va aniqlanmagan | Эхинококкоз другой и неуточнённый | Echinococcosis, other and unspecified
B77.9 | Askaridoz, aniqlanmagan | Аскаридоз неуточнённый | Ascariasis, unspecified
B80 | Enterobioz | Энтеробиоз | Enterobiasis
B85.0 | Bosh pedikulyozi | Педикулёз головы | Pediculosis due to Pediculus humanus capitis
B86 | Qoʻtir | Чесотка | Scabies
C34.9 | Bronx yoki oʻpka xavfli oʻsmasi, aniqlanmagan | Злокачественное новообразование бронхов или лёгкого неуточнённое | Malignant neoplasm of bronchus or lung, unspecified
C50.9 | Sut bezi xavfli oʻsmasi, aniqlanmagan | Злокачественное новообразование молочной железы неуточнённое | Malignant neoplasm of breast, unspecified
C61 | Prostata bezi xavfli oʻsmasi | Злокачественное новообразование предстательной железы | Malignant neoplasm of prostate
C92.1 | Surunkali miyeloid leykoz | Хронический миелоидный лейкоз | Chronic myeloid leukaemia
D25.9 | Bachadon leyomiomasi, aniqlanmagan | Лейомиома матки неуточнённая | Leiomyoma of uterus, unspecified | Бачадон лейомиомаси, аниқланмаган
D50.0 | Surunkali qon yoʻqotishdan temir tanqisligi anemiyasi | Железодефицитная анемия вследствие хронической потери крови | Iron deficiency anaemia secondary to chronic blood loss
D50.9 | Temir tanqisligi anemiyasi, aniqlanmagan | Железодефицитная анемия неуточнённая | Iron deficiency anaemia, unspecified
D51.9 | Vitamin B12 tanqisligi anemiyasi, aniqlanmagan | Витамин-B12-дефицитная анемия неуточнённая | Vitamin B12 deficiency anaemia, unspecified
D52.9 | Folat tanqisligi anemiyasi, aniqlanmagan | Фолиеводефицитная анемия неуточнённая | Folate deficiency anaemia, unspecified
E01.0 | Yod tanqisligi bilan bogʻliq diffuz boʻqoq | Диффузный зоб, связанный с йодной недостаточностью | Iodine-deficiency-related diffuse goitre
E03.9 | Gipotireoz, aniqlanmagan | Гипотиреоз неуточнённый | Hypothyroidism, unspecified
E04.1 | Bir tugunli notoksik boʻqoq | Нетоксический одноузловой зоб | Nontoxic single thyroid nodule
E05.0 | Diffuz boʻqoqli tireotoksikoz | Тиреотоксикоз с диффузным зобом | Thyrotoxicosis with diffuse goitre
E06.3 | Autoimmun tireoidit | Аутоиммунный тиреоидит | Autoimmune thyroiditis
E10.9 | Insulinga bogʻliq qandli diabet, asoratsiz | Инсулинозависимый сахарный диабет без осложнений | Type 1 diabetes mellitus without complications
E11.4 | Insulinga bogʻliq boʻlmagan qandli diabet, nevrologik asoratlar bilan | Инсулинонезависимый сахарный диабет с неврологическими осложнениями | Type 2 diabetes mellitus with neurological complications
E11.9 | Insulinga bogʻliq boʻlmagan qandli diabet, asoratsiz | Инсулинонезависимый сахарный диабет без осложнений | Type 2 diabetes mellitus without complications
E22.1 | Giperprolaktinemiya | Гиперпролактинемия | Hyperprolactinaemia
E23.2 | Qandsiz diabet | Несахарный диабет | Diabetes insipidus
E28.2 | Polikistoz tuxumdon sindromi | Синдром поликистоза яичников | Polycystic ovarian syndrome
E55.9 | Vitamin D tanqisligi, aniqlanmagan | Недостаточность витамина D неуточнённая | Vitamin D deficiency, unspecified | Витамин D танқислиги, аниқланмаган
E66.0 | Ortiqcha kaloriya bilan bogʻliq semizlik | Ожирение, обусловленное избытком энергии | Obesity due to excess calories
E78.0 | Sof giperxolesterinemiya | Чистая гиперхолестеринемия | Pure hypercholesterolaemia
E78.2 | Aralash giperlipidemiya | Смешанная гиперлипидемия | Mixed hyperlipidaemia
E79.0 | Podagra belgilarisiz giperurikemiya | Гиперурикемия без признаков подагры | Hyperuricaemia without signs of gout
F01.9 | Tomirga bogʻliq demensiya, aniqlanmagan | Сосудистая деменция неуточнённая | Vascular dementia, unspecified | Томирга боғлиқ деменция, аниқланмаган
F10.2 | Alkogolga qaramlik sindromi | Синдром зависимости от алкоголя | Alcohol dependence syndrome
F20.0 | Paranoid shizofreniya | Параноидная шизофрения | Paranoid schizophrenia
F31.9 | Bipolyar affektiv buzilish, aniqlanmagan | Биполярное аффективное расстройство неуточнённое | Bipolar affective disorder, unspecified
F32.1 | Oʻrtacha ogʻirlikdagi depressiv epizod | Депрессивный эпизод средней степени | Moderate depressive episode
F32.9 | Depressiv epizod, aniqlanmagan | Депрессивный эпизод неуточнённый | Depressive episode, unspecified
F41.0 | Vahima buzilishi | Паническое расстройство | Panic disorder
F41.1 | Umumiy xavotir buzilishi | Генерализованное тревожное расстройство | Generalized anxiety disorder
F41.2 | Aralash xavotir va depressiv buzilish | Смешанное тревожное и депрессивное расстройство | Mixed anxiety and depressive disorder
F51.0 | Noorganik uyqusizlik | Бессонница неорганической этиологии | Nonorganic insomnia
F90.0 | Faollik va diqqat buzilishi | Нарушение активности и внимания | Disturbance of activity and attention
G20 | Parkinson kasalligi | Болезнь Паркинсона | Parkinson's disease
G30.9 | Alsgeymer kasalligi, aniqlanmagan | Болезнь Альцгеймера неуточнённая | Alzheimer's disease, unspecified | Альцгеймер касаллиги, аниқланмаган
G35 | Tarqoq skleroz | Рассеянный склероз | Multiple sclerosis
G40.3 | Tarqalgan idiopatik epilepsiya | Генерализованная идиопатическая эпилепсия | Generalized idiopathic epilepsy
G40.9 | Epilepsiya, aniqlanmagan | Эпилепсия неуточнённая | Epilepsy, unspecified
G43.9 | Migren, aniqlanmagan | Мигрень неуточнённая | Migraine, unspecified | Мигрень, аниқланмаган
G44.2 | Zoʻriqishdagi bosh ogʻrigʻi | Головная боль напряжения | Tension-type headache
G47.0 | Uyquga ketish va uyquni saqlash buzilishi | Нарушения засыпания и поддержания сна | Disorders of initiating and maintaining sleep
G50.0 | Uch shoxli nerv nevralgiyasi | Невралгия тройничного нерва | Trigeminal neuralgia
G51.0 | Yuz nervi falaji | Паралич Белла | Bell's palsy
G62.9 | Polinevropatiya, aniqlanmagan | Полиневропатия неуточнённая | Polyneuropathy, unspecified
G80.9 | Bolalar serebral falaji, aniqlanmagan | Детский церебральный паралич неуточнённый | Cerebral palsy, unspecified | Болалар церебрал фалажи, аниқланмаган
H00.0 | Govmichcha va qovoqning boshqa chuqur yalligʻlanishi | Гордеолум и другие глубокие воспаления век | Hordeolum and other deep inflammation of eyelid
H10.1 | Oʻtkir atopik konyunktivit | Острый атопический конъюнктивит | Acute atopic conjunctivitis | Ўткир атопик конъюнктивит
H10.3 | Oʻtkir konyunktivit, aniqlanmagan | Острый конъюнктивит неуточнённый | Acute conjunctivitis, unspecified | Ўткир конъюнктивит, аниқланмаган
H25.9 | Qarilik kataraktasi, aniqlanmagan | Старческая катаракта неуточнённая | Senile cataract, unspecified
H40.1 | Birlamchi ochiq burchakli glaukoma | Первичная открытоугольная глаукома | Primary open-angle glaucoma
H60.9 | Tashqi otit, aniqlanmagan | Наружный отит неуточнённый | Otitis externa, unspecified
H65.9 | Yiringsiz oʻrta otit, aniqlanmagan | Негнойный средний отит неуточнённый | Nonsuppurative otitis media, unspecified
H66.0 | Oʻtkir yiringli oʻrta otit | Острый гнойный средний отит | Acute suppurative otitis media
H66.9 | Oʻrta otit, aniqlanmagan | Средний отит неуточнённый | Otitis media, unspecified
H81.0 | Menyer kasalligi | Болезнь Меньера | Ménière's disease
I00 | Yurak zararlanishisiz revmatik isitma | Ревматическая лихорадка без поражения сердца | Rheumatic fever without heart involvement
I10 | Birlamchi arterial gipertenziya | Эссенциальная (первичная) гипертензия | Essential (primary) hypertension
I11.0 | Yurak yetishmovchiligi bilan gipertenziv yurak kasalligi | Гипертензивная болезнь сердца с сердечной недостаточностью | Hypertensive heart disease with heart failure
I11.9 | Yurak yetishmovchiligisiz gipertenziv yurak kasalligi | Гипертензивная болезнь сердца без сердечной недостаточности | Hypertensive heart disease without heart failure
I20.0 | Beqaror stenokardiya | Нестабильная стенокардия | Unstable angina
I20.8 | Stenokardiyaning boshqa shakllari | Другие формы стенокардии | Other forms of angina pectoris
I21.9 | Oʻtkir miokard infarkti, aniqlanmagan | Острый инфаркт миокарда неуточнённый | Acute myocardial infarction, unspecified
I25.1 | Yurakning aterosklerotik kasalligi | Атеросклеротическая болезнь сердца | Atherosclerotic heart disease
I25.2 | Boshdan kechirilgan miokard infarkti | Перенесённый инфаркт миокарда | Old myocardial infarction
I26.9 | Oʻpka emboliyasi, oʻtkir oʻpka-yuraksiz | Лёгочная эмболия без острого лёгочного сердца | Pulmonary embolism without acute cor pulmonale
I42.0 | Dilatatsion kardiomiopatiya | Дилатационная кардиомиопатия | Dilated cardiomyopathy
I47.1 | Qorincha usti taxikardiyasi | Наджелудочковая тахикардия | Supraventricular tachycardia
I48.0 | Paroksizmal boʻlmachalar fibrillatsiyasi | Пароксизмальная фибрилляция предсердий | Paroxysmal atrial fibrillation
I48.9 | Boʻlmachalar fibrillatsiyasi va titrashi, aniqlanmagan | Фибрилляция и трепетание предсердий неуточнённые | Atrial fibrillation and atrial flutter, unspecified
I49.9 | Yurak aritmiyasi, aniqlanmagan | Нарушение ритма сердца неуточнённое | Cardiac arrhythmia, unspecified
I50.0 | Dimlangan yurak yetishmovchiligi | Застойная сердечная недостаточность | Congestive heart failure
I63.9 | Miya infarkti, aniqlanmagan | Инфаркт мозга неуточнённый | Cerebral infarction, unspecified
I67.8 | Miya tomirlarining boshqa aniqlangan kasalliklari | Другие уточнённые поражения сосудов мозга | Other specified cerebrovascular diseases
I69.3 | Miya infarkti oqibatlari | Последствия инфаркта мозга | Sequelae of cerebral infarction
I70.2 | Oyoq-qoʻl arteriyalari aterosklerozi | Атеросклероз артерий конечностей | Atherosclerosis of arteries of extremities
I80.2 | Oyoq chuqur venalari flebiti va tromboflebiti | Флебит и тромбофлебит глубоких вен ног | Phlebitis and thrombophlebitis of deep vessels of lower extremities
I83.9 | Oyoq venalarining varikoz kengayishi, yara va yalligʻlanishsiz | Варикозное расширение вен ног без язвы и воспаления | Varicose veins of lower extremities without ulcer or inflammation
I84.9 | Bavosil, asoratsiz | Геморрой без осложнений неуточнённый | Haemorrhoids without complication, unspecified
J00 | Oʻtkir nazofaringit (tumov) | Острый назофарингит (насморк) | Acute nasopharyngitis (common cold)
J01.9 | Oʻtkir sinusit, aniqlanmagan | Острый синусит неуточнённый | Acute sinusitis, unspecified
J02.9 | Oʻtkir faringit, aniqlanmagan | Острый фарингит неуточнённый | Acute pharyngitis, unspecified
J03.0 | Streptokokkli tonzillit | Стрептококковый тонзиллит | Streptococcal tonsillitis
J03.9 | Oʻtkir tonzillit, aniqlanmagan | Острый тонзиллит неуточнённый | Acute tonsillitis, unspecified
J04.0 | Oʻtkir laringit | Острый ларингит | Acute laryngitis
J06.9 | Yuqori nafas yoʻllarining oʻtkir infeksiyasi, aniqlanmagan | Острая инфекция верхних дыхательных путей неуточнённая | Acute upper respiratory infection, unspecified | Юқори нафас йўлларининг ўткир инфекцияси, аниқланмаган
J11.1 | Gripp, nafas yoʻllari belgilari bilan, virus aniqlanmagan | Грипп с респираторными проявлениями, вирус не идентифицирован | Influenza with respiratory manifestations, virus not identified
J15.9 | Bakterial pnevmoniya, aniqlanmagan | Бактериальная пневмония неуточнённая | Bacterial pneumonia, unspecified
J18.9 | Pnevmoniya, aniqlanmagan | Пневмония неуточнённая | Pneumonia, unspecified
J20.9 | Oʻtkir bronxit, aniqlanmagan | Острый бронхит неуточнённый | Acute bronchitis, unspecified
J21.9 | Oʻtkir bronxiolit, aniqlanmagan | Острый бронхиолит неуточнённый | Acute bronchiolitis, unspecified
J30.1 | Oʻsimlik changiga allergik rinit | Аллергический ринит, вызванный пыльцой | Allergic rhinitis due to pollen
J30.4 | Allergik rinit, aniqlanmagan | Аллергический ринит неуточнённый | Allergic rhinitis, unspecified
J31.0 | Surunkali rinit | Хронический ринит | Chronic rhinitis
J32.9 | Surunkali sinusit, aniqlanmagan | Хронический синусит неуточнённый | Chronic sinusitis, unspecified
J35.0 | Surunkali tonzillit | Хронический тонзиллит | Chronic tonsillitis
J40 | Bronxit, oʻtkir yoki surunkaliligi aniqlanmagan | Бронхит, не уточнённый как острый или хронический | Bronchitis, not specified as acute or chronic
J42 | Surunkali bronxit, aniqlanmagan | Хронический бронхит неуточнённый | Unspecified chronic bronchitis
J44.1 | Oʻpkaning surunkali obstruktiv kasalligi, xuruj bilan | Хроническая обструктивная болезнь лёгких с обострением | Chronic obstructive pulmonary disease with acute exacerbation
J44.9 | Oʻpkaning surunkali obstruktiv kasalligi, aniqlanmagan | Хроническая обструктивная болезнь лёгких неуточнённая | Chronic obstructive pulmonary disease, unspecified
J45.0 | Allergik bronxial astma | Аллергическая бронхиальная астма | Predominantly allergic asthma
J45.9 | Bronxial astma, aniqlanmagan | Бронхиальная астма неуточнённая | Asthma, unspecified
K02.9 | Tish kariyesi, aniqlanmagan | Кариес зубов неуточнённый | Dental caries, unspecified
K04.0 | Pulpit | Пульпит | Pulpitis | Пульпит
K05.1 | Surunkali gingivit | Хронический гингивит | Chronic gingivitis
K12.0 | Ogʻiz boʻshligʻining qaytalanuvchi aftalari | Рецидивирующие афты полости рта | Recurrent oral aphthae
K21.0 | Gastroezofageal reflyuks, ezofagit bilan | Гастроэзофагеальный рефлюкс с эзофагитом | Gastro-oesophageal reflux disease with oesophagitis
K21.9 | Gastroezofageal reflyuks, ezofagitsiz | Гастроэзофагеальный рефлюкс без эзофагита | Gastro-oesophageal reflux disease without oesophagitis
K25.9 | Oshqozon yarasi, qonash va teshilishsiz | Язва желудка без кровотечения и прободения | Gastric ulcer without haemorrhage or perforation
K26.9 | Oʻn ikki barmoqli ichak yarasi, qonash va teshilishsiz | Язва двенадцатиперстной кишки без кровотечения и прободения | Duodenal ulcer without haemorrhage or perforation
K29.5 | Surunkali gastrit, aniqlanmagan | Хронический гастрит неуточнённый | Chronic gastritis, unspecified
K29.7 | Gastrit, aniqlanmagan | Гастрит неуточнённый | Gastritis, unspecified
K30 | Funksional dispepsiya | Функциональная диспепсия | Functional dyspepsia | Функционал диспепсия
K50.9 | Kron kasalligi, aniqlanmagan | Болезнь Крона неуточнённая | Crohn's disease, unspecified
K51.9 | Yarali kolit, aniqlanmagan | Язвенный колит неуточнённый | Ulcerative colitis, unspecified
K52.9 | Yuqumsiz gastroenterit va kolit, aniqlanmagan | Неинфекционный гастроэнтерит и колит неуточнённый | Noninfective gastroenteritis and colitis, unspecified
K58.9 | Taʼsirlangan ichak sindromi, diareyasiz | Синдром раздражённого кишечника без диареи | Irritable bowel syndrome without diarrhoea
K59.0 | Qabziyat | Запор | Constipation
K60.0 | Orqa chiqaruv yoʻlining oʻtkir yorigʻi | Острая трещина заднего прохода | Acute anal fissure
K73.9 | Surunkali gepatit, aniqlanmagan | Хронический гепатит неуточнённый | Chronic hepatitis, unspecified
K74.6 | Jigar sirrozi, boshqa va aniqlanmagan | Цирроз печени другой и неуточнённый | Cirrhosis of liver, other and unspecified | Жигар циррози, бошқа ва аниқланмаган
K76.0 | Jigarning yogʻli distrofiyasi | Жировая дистрофия печени | Fatty (change of) liver
K80.2 | Oʻt pufagi toshi, xoletsistitsiz | Камни желчного пузыря без холецистита | Calculus of gallbladder without cholecystitis
K81.1 | Surunkali xoletsistit | Хронический холецистит | Chronic cholecystitis
K86.1 | Surunkali pankreatit, boshqa | Другие хронические панкреатиты | Other chronic pancreatitis
L01.0 | Impetigo | Импетиго | Impetigo
L02.9 | Teri absessi, furunkul va karbunkul, aniqlanmagan | Абсцесс кожи, фурункул и карбункул неуточнённые | Cutaneous abscess, furuncle and carbuncle, unspecified | Тери абсцесси, фурункул ва карбункул, аниқланмаган
L20.9 | Atopik dermatit, aniqlanmagan | Атопический дерматит неуточнённый | Atopic dermatitis, unspecified
L21.9 | Seboreyali dermatit, aniqlanmagan | Себорейный дерматит неуточнённый | Seborrhoeic dermatitis, unspecified
L23.9 | Allergik kontakt dermatit, sababi aniqlanmagan | Аллергический контактный дерматит, причина не уточнена | Allergic contact dermatitis, unspecified cause
L30.9 | Dermatit, aniqlanmagan | Дерматит неуточнённый | Dermatitis, unspecified
L40.0 | Oddiy psoriaz | Псориаз обыкновенный | Psoriasis vulgaris
L50.0 | Allergik eshakemi | Аллергическая крапивница | Allergic urticaria
L50.9 | Eshakemi, aniqlanmagan | Крапивница неуточнённая | Urticaria, unspecified
L70.0 | Oddiy husnbuzar | Угри обыкновенные | Acne vulgaris
L80 | Vitiligo (pes) | Витилиго | Vitiligo
M05.9 | Seropozitiv revmatoid artrit, aniqlanmagan | Серопозитивный ревматоидный артрит неуточнённый | Seropositive rheumatoid arthritis, unspecified
M06.9 | Revmatoid artrit, aniqlanmagan | Ревматоидный артрит неуточнённый | Rheumatoid arthritis, unspecified
M10.9 | Podagra, aniqlanmagan | Подагра неуточнённая | Gout, unspecified
M15.9 | Poliartroz, aniqlanmagan | Полиартроз неуточнённый | Polyarthrosis, unspecified
M16.9 | Koksartroz, aniqlanmagan | Коксартроз неуточнённый | Coxarthrosis, unspecified
M17.9 | Gonartroz, aniqlanmagan | Гонартроз неуточнённый | Gonarthrosis, unspecified
M25.5 | Boʻgʻimdagi ogʻriq | Боль в суставе | Pain in joint
M32.9 | Tizimli qizil volchanka, aniqlanmagan | Системная красная волчанка неуточнённая | Systemic lupus erythematosus, unspecified
M42.1 | Kattalardagi umurtqa osteoxondrozi | Остеохондроз позвоночника у взрослых | Adult osteochondrosis of spine
M45 | Ankilozlovchi spondilit | Анкилозирующий спондилит | Ankylosing spondylitis
M51.1 | Bel disklari shikasti, radikulopatiya bilan | Поражения межпозвоночных дисков с радикулопатией | Lumbar and other intervertebral disc disorders with radiculopathy
M54.2 | Boʻyin ogʻrigʻi | Цервикалгия | Cervicalgia
M54.4 | Lyumbago, ishias bilan | Люмбаго с ишиасом | Lumbago with sciatica
M54.5 | Bel ogʻrigʻi | Боль внизу спины | Low back pain
M75.0 | Yelka boʻgʻimining adgeziv kapsuliti | Адгезивный капсулит плеча | Adhesive capsulitis of shoulder
M79.1 | Mialgiya | Миалгия | Myalgia
M81.0 | Postmenopauzal osteoporoz | Постменопаузный остеопороз | Postmenopausal osteoporosis
N10 | Oʻtkir piyelonefrit | Острый пиелонефрит | Acute pyelonephritis
N11.9 | Surunkali piyelonefrit, aniqlanmagan | Хронический пиелонефрит неуточнённый | Chronic tubulo-interstitial nephritis, unspecified
N18.9 | Surunkali buyrak kasalligi, aniqlanmagan | Хроническая болезнь почки неуточнённая | Chronic kidney disease, unspecified
N20.0 | Buyrak toshlari | Камни почки | Calculus of kidney
N20.1 | Siydik yoʻli toshlari | Камни мочеточника | Calculus of ureter
N30.0 | Oʻtkir sistit | Острый цистит | Acute cystitis | Ўткир цистит
N30.9 | Sistit, aniqlanmagan | Цистит неуточнённый | Cystitis, unspecified | Цистит, аниқланмаган
N34.1 | Nospetsifik uretrit | Неспецифический уретрит | Nonspecific urethritis
N39.0 | Siydik yoʻllari infeksiyasi, joyi aniqlanmagan | Инфекция мочевыводящих путей без уточнения локализации | Urinary tract infection, site not specified | Сийдик йўллари инфекцияси, жойи аниқланмаган
N40 | Prostata bezi giperplaziyasi | Гиперплазия предстательной железы | Hyperplasia of prostate
N41.1 | Surunkali prostatit | Хронический простатит | Chronic prostatitis
N60.1 | Sut bezining diffuz kistoz mastopatiyasi | Диффузная кистозная мастопатия | Diffuse cystic mastopathy
N70.1 | Surunkali salpingit va ooforit | Хронический сальпингит и оофорит | Chronic salpingitis and oophoritis | Сурункали сальпингит ва оофорит
N76.0 | Oʻtkir vaginit | Острый вагинит | Acute vaginitis
N80.9 | Endometrioz, aniqlanmagan | Эндометриоз неуточнённый | Endometriosis, unspecified
N92.0 | Koʻp va tez-tez hayz koʻrish, muntazam sikl bilan | Обильные и частые менструации при регулярном цикле | Excessive and frequent menstruation with regular cycle
N94.6 | Ogʻriqli hayz, aniqlanmagan | Дисменорея неуточнённая | Dysmenorrhoea, unspecified
N95.1 | Menopauza va klimaks holati | Менопаузное и климактерическое состояние | Menopausal and female climacteric states
N97.9 | Ayollar bepushtligi, aniqlanmagan | Женское бесплодие неуточнённое | Female infertility, unspecified
O13 | Homiladorlik gipertenziyasi | Гестационная гипертензия | Gestational hypertension
O20.0 | Homila tushish xavfi | Угрожающий аборт | Threatened abortion
O21.0 | Homiladorlarning yengil qusishi | Рвота беременных лёгкая | Mild hyperemesis gravidarum
O99.0 | Homiladorlikni asoratlovchi anemiya | Анемия, осложняющая беременность | Anaemia complicating pregnancy
P59.9 | Yangi tugʻilgan chaqaloq sargʻayishi, aniqlanmagan | Неонатальная желтуха неуточнённая | Neonatal jaundice, unspecified
R05 | Yoʻtal | Кашель | Cough
R10.4 | Qorin ogʻrigʻi, boshqa va aniqlanmagan | Боль в животе другая и неуточнённая | Other and unspecified abdominal pain
R11 | Koʻngil aynishi va qusish | Тошнота и рвота | Nausea and vomiting
R42 | Bosh aylanishi | Головокружение | Dizziness and giddiness
R50.9 | Isitma, aniqlanmagan | Лихорадка неуточнённая | Fever, unspecified
R51 | Bosh ogʻrigʻi | Головная боль | Headache
R52.1 | Doimiy davolab boʻlmaydigan ogʻriq | Постоянная некупирующаяся боль | Chronic intractable pain
S06.0 | Bosh miya chayqalishi | Сотрясение головного мозга | Concussion
S93.4 | Toʻpiq boʻgʻimi boylamlarining choʻzilishi | Растяжение связок голеностопного сустава | Sprain and strain of ankle
T14.0 | Tananing yuza shikasti | Поверхностная травма тела | Superficial injury of unspecified body region
T30.0 | Kuyish, joyi va darajasi aniqlanmagan | Термический ожог неуточнённый | Burn of unspecified body region, unspecified degree
T78.4 | Allergiya, aniqlanmagan | Аллергия неуточнённая | Allergy, unspecified
U07.1 | Koronavirus infeksiyasi, virus aniqlangan | Коронавирусная инфекция, вирус идентифицирован | COVID-19, virus identified | Коронавирус инфекцияси, вирус аниқланган
Z00.0 | Umumiy tibbiy koʻrik | Общий медицинский осмотр | General medical examination
Z30.0 | Kontratsepsiya boʻyicha maslahat | Консультация по контрацепции | General counselling and advice on contraception | Контрацепция бўйича маслаҳат
Z34.9 | Normal homiladorlik kuzatuvi | Наблюдение за нормальной беременностью | Supervision of normal pregnancy
Z51.5 | Palliativ yordam | Паллиативная помощь | Palliative care
`;

/** By code, such as `J06.9`; a code that is not here is unknown to the house. */
export const icd10: Words = Object.fromEntries(
  titles
    .trim()
    .split('\n')
    .map((line): [string, Entry] => {
      const [code = '', uz = '', ru = '', en = '', uzCyrl] = line.split(' | ');
      return [code, { uz, ru, en, ...(uzCyrl ? { uzCyrl } : {}) }];
    }),
);

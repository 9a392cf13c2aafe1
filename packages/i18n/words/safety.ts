import type { AllergyGroup, Effect, Severity } from '@darmon/domain/knowledge';
import type { Alert } from '@darmon/domain/safety';
import type { Entry, Words } from '../entry.ts';

const kinds = {
  'kind.allergy': { uz: 'Allergiya', ru: 'Аллергия', en: 'Allergy' },
  'kind.interaction': { uz: 'Dorilarning oʻzaro taʼsiri', ru: 'Взаимодействие', en: 'Interaction' },
  'kind.duplicate-therapy': { uz: 'Takroriy davolash', ru: 'Дублирование терапии', en: 'Duplicate therapy' },
  'kind.dose-ceiling': { uz: 'Doza yuqori', ru: 'Превышена доза', en: 'Dose too high' },
  'kind.pregnancy': { uz: 'Homiladorlik', ru: 'Беременность', en: 'Pregnancy' },
  'kind.lactation': { uz: 'Emizish', ru: 'Кормление грудью', en: 'Breast-feeding' },
  'kind.age-limit': { uz: 'Yosh chegarasi', ru: 'Ограничение по возрасту', en: 'Age limit' },
} satisfies Record<`kind.${Alert['kind']}`, Entry>;

const severities = {
  'severity.contraindicated': { uz: 'Mumkin emas', ru: 'Противопоказано', en: 'Contraindicated' },
  'severity.serious': { uz: 'Jiddiy', ru: 'Серьёзно', en: 'Serious' },
  'severity.moderate': { uz: 'Oʻrtacha', ru: 'Умеренно', en: 'Moderate' },
} satisfies Record<`severity.${Severity}`, Entry>;

const effects = {
  'effect.bleeding': { uz: 'qon ketish xavfi ortadi', ru: 'выше риск кровотечения', en: 'more risk of bleeding' },
  'effect.qt-prolongation': {
    uz: 'QT uzayib, aritmiya xavfi ortadi',
    ru: 'удлиняется QT, риск аритмии',
    en: 'the QT interval grows: risk of arrhythmia',
  },
  'effect.serotonin-syndrome': {
    uz: 'serotonin sindromi xavfi',
    ru: 'риск серотонинового синдрома',
    en: 'risk of serotonin syndrome',
  },
  'effect.sedation': {
    uz: 'uyquchanlik va nafas susayishi',
    ru: 'сонливость и угнетение дыхания',
    en: 'drowsiness and weaker breathing',
  },
  'effect.hypotension': { uz: 'bosim keskin tushadi', ru: 'резкое снижение давления', en: 'a steep fall of pressure' },
  'effect.hypertension': { uz: 'bosim koʻtariladi', ru: 'повышение давления', en: 'a rise of pressure' },
  'effect.bradycardia': {
    uz: 'yurak urishi sekinlashadi',
    ru: 'замедление сердечного ритма',
    en: 'the heart slows down',
  },
  'effect.hyperkalaemia': { uz: 'qonda kaliy ortadi', ru: 'растёт калий крови', en: 'potassium rises' },
  'effect.hypokalaemia': {
    uz: 'kaliy kamayib, dori zaharli boʻladi',
    ru: 'падает калий, растёт токсичность',
    en: 'potassium falls and toxicity grows',
  },
  'effect.hypoglycaemia': { uz: 'qand keskin tushadi', ru: 'риск гипогликемии', en: 'risk of hypoglycaemia' },
  'effect.kidney-damage': { uz: 'buyrakka zarar', ru: 'поражение почек', en: 'harm to the kidneys' },
  'effect.liver-damage': { uz: 'jigarga zarar', ru: 'поражение печени', en: 'harm to the liver' },
  'effect.muscle-damage': { uz: 'mushak yemirilishi xavfi', ru: 'риск разрушения мышц', en: 'risk of muscle damage' },
  'effect.bone-marrow': { uz: 'suyak iligi susayadi', ru: 'угнетение костного мозга', en: 'harm to the bone marrow' },
  'effect.seizures': { uz: 'tutqanoq xavfi', ru: 'риск судорог', en: 'risk of seizures' },
  'effect.hearing-damage': {
    uz: 'eshitish va buyrakka zarar',
    ru: 'вред слуху и почкам',
    en: 'harm to hearing and kidneys',
  },
  'effect.ergotism': { uz: 'tomirlar torayishi xavfi', ru: 'риск спазма сосудов', en: 'risk of narrowed vessels' },
  'effect.acidosis': { uz: 'atsidoz xavfi', ru: 'риск ацидоза', en: 'risk of acidosis' },
  'effect.level-rises': {
    uz: 'dori qonda toʻplanib, zaharlanish xavfi',
    ru: 'растёт концентрация, риск токсичности',
    en: 'the level rises: risk of toxicity',
  },
  'effect.level-falls': {
    uz: 'dori miqdori kamayib, taʼsiri susayadi',
    ru: 'падает концентрация, эффект слабеет',
    en: 'the level falls and the effect with it',
  },
  'effect.effect-lost': {
    uz: 'dori taʼsir qilmasligi mumkin',
    ru: 'эффект может пропасть',
    en: 'the effect may be lost',
  },
  'effect.ulcer': {
    uz: 'oshqozondan qon ketish xavfi',
    ru: 'риск язвы и кровотечения из желудка',
    en: 'risk of ulcer and stomach bleeding',
  },
  'effect.absorption-falls': {
    uz: 'soʻrilishi kamayadi: orasini 2–4 soat oching',
    ru: 'хуже всасывается: разделите на 2–4 часа',
    en: 'absorbed less: take them 2 to 4 hours apart',
  },
  'effect.birth-defects': {
    uz: 'bolada tugʻma nuqsonlar xavfi',
    ru: 'риск пороков развития у ребёнка',
    en: 'risk of birth defects',
  },
  'effect.unborn-harm': {
    uz: 'homilaga zarar berishi mumkin',
    ru: 'может навредить плоду',
    en: 'may harm the unborn child',
  },
  'effect.infant-harm': {
    uz: 'ona suti orqali bolaga zarar berishi mumkin',
    ru: 'через молоко может навредить ребёнку',
    en: 'through the milk it may harm the child',
  },
  'effect.breathing-stops': {
    uz: 'bu yoshda nafas toʻxtashi mumkin',
    ru: 'в этом возрасте возможна остановка дыхания',
    en: 'at this age breathing may stop',
  },
  'effect.teeth-damage': {
    uz: 'bolaning tishlari butunlay dogʻlanib qoladi',
    ru: 'зубы ребёнка темнеют навсегда',
    en: 'a child’s teeth are stained for good',
  },
  'effect.reye-syndrome': {
    uz: 'virusli kasallikda jigar va miyaga ogʻir zarar xavfi',
    ru: 'при вирусной инфекции риск синдрома Рея',
    en: 'with a viral illness, risk of Reye’s syndrome',
  },
  'effect.joint-damage': {
    uz: 'oʻsayotgan boʻgʻim va paylarga zarar xavfi',
    ru: 'риск для растущих суставов и сухожилий',
    en: 'risk to growing joints and tendons',
  },
  'effect.movement-disorder': {
    uz: 'beixtiyor harakatlar va mushak tortishishi xavfi',
    ru: 'риск непроизвольных движений и спазмов',
    en: 'risk of spasms and involuntary movements',
  },
  'effect.jaundice': {
    uz: 'chaqaloqda sariqlik va miyaga zarar xavfi',
    ru: 'у новорождённого риск желтухи и вреда мозгу',
    en: 'in a newborn, jaundice with harm to the brain',
  },
  'effect.suicidal-thoughts': {
    uz: 'bu yoshda oʻz joniga qasd fikrlari kuchayishi mumkin',
    ru: 'в этом возрасте могут усилиться мысли о самоубийстве',
    en: 'at this age thoughts of suicide may grow',
  },
  'effect.airway-block': {
    uz: 'kichik bola balgʻamni yoʻtalib chiqara olmaydi',
    ru: 'малыш не может откашлять мокроту',
    en: 'a small child cannot cough up the mucus',
  },
  'effect.safety-unknown': {
    uz: 'xavfsizligi isbotlanmagan',
    ru: 'безопасность не доказана',
    en: 'its safety is not established',
  },
} satisfies Record<`effect.${Effect}`, Entry>;

/** Names of groups, as they stand after a colon or in a list. */
const groups = {
  'group.penicillins': { uz: 'penitsillinlar', ru: 'пенициллины', en: 'penicillins' },
  'group.cephalosporins': { uz: 'sefalosporinlar', ru: 'цефалоспорины', en: 'cephalosporins' },
  'group.beta-lactams': {
    uz: 'beta-laktam antibiotiklar',
    ru: 'бета-лактамные антибиотики',
    en: 'beta-lactam antibiotics',
  },
  'group.carbapenems': { uz: 'karbapenemlar', ru: 'карбапенемы', en: 'carbapenems' },
  'group.macrolides': { uz: 'makrolidlar', ru: 'макролиды', en: 'macrolides' },
  'group.lincosamides': { uz: 'linkozamidlar', ru: 'линкозамиды', en: 'lincosamides' },
  'group.aminoglycosides': { uz: 'aminoglikozidlar', ru: 'аминогликозиды', en: 'aminoglycosides' },
  'group.fluoroquinolones': { uz: 'ftorxinolonlar', ru: 'фторхинолоны', en: 'fluoroquinolones' },
  'group.tetracyclines': {
    uz: 'tetratsiklinlar',
    uzCyrl: 'тетрациклинлар',
    ru: 'тетрациклины',
    en: 'tetracyclines',
  },
  'group.glycopeptides': { uz: 'glikopeptidlar', ru: 'гликопептиды', en: 'glycopeptides' },
  'group.rifamycins': { uz: 'rifamitsinlar', ru: 'рифамицины', en: 'rifamycins' },
  'group.sulfonamide-antibiotics': {
    uz: 'sulfanilamid antibiotiklar',
    ru: 'сульфаниламиды',
    en: 'sulfonamide antibiotics',
  },
  'group.nitroimidazoles': { uz: 'nitroimidazollar', ru: 'нитроимидазолы', en: 'nitroimidazoles' },
  'group.azole-antifungals': {
    uz: 'zamburugʻga qarshi azollar',
    ru: 'противогрибковые азолы',
    en: 'azole antifungals',
  },
  'group.aciclovirs': { uz: 'atsiklovir va valatsiklovir', ru: 'ацикловир и валацикловир', en: 'aciclovirs' },
  'group.nsaids': {
    uz: 'yalligʻlanishga qarshi nosteroid dorilar',
    ru: 'нестероидные противовоспалительные',
    en: 'non-steroidal anti-inflammatories',
  },
  'group.pyrazolones': { uz: 'pirazolonlar', ru: 'пиразолоны', en: 'pyrazolones' },
  'group.opioids-phenanthrene': {
    uz: 'morfin qatori opioidlari',
    ru: 'опиоиды ряда морфина',
    en: 'opioids of the morphine kind',
  },
  'group.ace-inhibitors': { uz: 'AAF ingibitorlari', ru: 'ингибиторы АПФ', en: 'ACE inhibitors' },
  'group.heparins': { uz: 'geparinlar', ru: 'гепарины', en: 'heparins' },
  'group.amide-anaesthetics': {
    uz: 'amid guruhi mahalliy anestetiklari',
    ru: 'амидные местные анестетики',
    en: 'amide local anaesthetics',
  },
  'group.ester-anaesthetics': {
    uz: 'efir guruhi mahalliy anestetiklari',
    ru: 'эфирные местные анестетики',
    en: 'ester local anaesthetics',
  },
  'group.benzodiazepines': { uz: 'benzodiazepinlar', ru: 'бензодиазепины', en: 'benzodiazepines' },
  'group.aromatic-anticonvulsants': {
    uz: 'aromatik tutqanoqqa qarshi dorilar',
    ru: 'ароматические противосудорожные',
    en: 'aromatic anticonvulsants',
  },
  'group.phenothiazines': { uz: 'fenotiazinlar', ru: 'фенотиазины', en: 'phenothiazines' },
  'group.proton-pump-inhibitors': {
    uz: 'proton nasosi ingibitorlari',
    ru: 'ингибиторы протонной помпы',
    en: 'proton-pump inhibitors',
  },
  'group.piperazine-antihistamines': {
    uz: 'piperazin guruhi allergiyaga qarshi dorilari',
    ru: 'антигистаминные ряда пиперазина',
    en: 'piperazine antihistamines',
  },
  'group.loratadines': { uz: 'loratadin va dezloratadin', ru: 'лоратадин и дезлоратадин', en: 'loratadines' },
  'group.xanthines': { uz: 'ksantinlar', ru: 'ксантины', en: 'xanthines' },
  'group.ambroxols': { uz: 'ambroksol va bromgeksin', ru: 'амброксол и бромгексин', en: 'ambroxol and bromhexine' },
  'group.thionamides': { uz: 'tionamidlar', ru: 'тионамиды', en: 'thionamides' },
  'group.sulfonylureas': { uz: 'sulfonilmochevinalar', ru: 'производные сульфонилмочевины', en: 'sulfonylureas' },
} satisfies Record<`group.${AllergyGroup}`, Entry>;

/** Words of warnings before signing: short, because they are read with a patient waiting. */
export const safety = {
  ...kinds,
  ...severities,
  ...effects,
  ...groups,
  'text.allergy': {
    uz: 'Bemorda allergiya: {{allergy}}',
    ru: 'У пациента аллергия: {{allergy}}',
    en: 'The patient is allergic to {{allergy}}',
  },
  'text.allergy-group': {
    uz: 'Bemorda allergiya: {{allergy}}; kesishgan allergiya xavfi: {{group}}',
    ru: 'У пациента аллергия: {{allergy}}; возможна перекрёстная: {{group}}',
    en: 'The patient is allergic to {{allergy}}; allergy may be shared among {{group}}',
  },
  'text.duplicate-substance': {
    uz: 'Bitta modda ikki marta yozilgan, dozalar qoʻshiladi',
    ru: 'Одно и то же вещество дважды, дозы складываются',
    en: 'One substance twice: the doses add up',
  },
  'text.duplicate-therapy': {
    uz: 'Bir guruhdagi ikki dori ({{group}})',
    ru: 'Два лекарства одной группы ({{group}})',
    en: 'Two medicines of one group ({{group}})',
  },
  'text.dose-ceiling': {
    uz: 'Kuniga {{daily}} {{unit}}, koʻpi bilan {{limit}} {{unit}}',
    ru: 'В сутки {{daily}} {{unit}}, предел {{limit}} {{unit}}',
    en: '{{daily}} {{unit}} a day, the limit is {{limit}} {{unit}}',
  },
  'text.dose-once': {
    uz: 'Bir martada {{once}} {{unit}}, koʻpi bilan {{limit}} {{unit}}',
    ru: 'За один приём {{once}} {{unit}}, предел {{limit}} {{unit}}',
    en: '{{once}} {{unit}} at a time, the limit is {{limit}} {{unit}}',
  },
  'text.dose-interval': {
    uz: 'Juda tez-tez: har {{everyHours}} soatda, kamida {{minHours}} soat oraliq kerak',
    ru: 'Слишком часто: каждые {{everyHours}} ч, нужно не меньше {{minHours}} ч',
    en: 'Too often: every {{everyHours}} hours, where {{minHours}} must lie between',
  },
  'text.pregnancy': {
    uz: 'Homilaga xavfli boʻlishi mumkin',
    ru: 'Может навредить плоду',
    en: 'May harm the unborn child',
  },
  'text.lactation': {
    uz: 'Ona sutiga oʻtib, bolaga zarar berishi mumkin',
    ru: 'Переходит в молоко и может навредить ребёнку',
    en: 'Passes into milk and may harm the child',
  },
  'text.age-from': {
    uz: 'Faqat {{age}}dan katta yoshda',
    ru: 'Только в возрасте от {{age}}',
    en: 'Not below the age of {{age}}',
  },
  'text.age-until': {
    uz: '{{age}}dan oshganlarga tavsiya etilmaydi',
    ru: 'Не рекомендуется с {{age}}',
    en: 'Not recommended from the age of {{age}}',
  },
  // as they stand behind "from" and "of"
  'age.years': {
    uz: '{{count}} yosh',
    ru: { one: '{{count}} года', few: '{{count}} лет', many: '{{count}} лет', other: '{{count}} года' },
    en: { one: '{{count}} year', other: '{{count}} years' },
  },
  'age.months': {
    uz: '{{count}} oylik',
    ru: { one: '{{count}} месяца', few: '{{count}} месяцев', many: '{{count}} месяцев', other: '{{count}} месяца' },
    en: { one: '{{count}} month', other: '{{count}} months' },
  },
  'unit.mg': { uz: 'mg', uzCyrl: 'мг', ru: 'мг', en: 'mg' },
  'unit.IU': { uz: 'XB', ru: 'МЕ', en: 'IU' },
  'unjudged.strength-unknown': {
    uz: '{{medicine}}: doza oʻzi hisoblanmaydi, oʻzingiz tekshiring',
    ru: '{{medicine}}: доза не рассчитана автоматически, проверьте сами',
    en: '{{medicine}}: the dose was not judged, check it yourself',
  },
  'unjudged.weight-missing': {
    uz: '{{medicine}}: bolaning vazni kerak',
    ru: '{{medicine}}: нужен вес ребёнка',
    en: '{{medicine}}: the child’s weight is needed',
  },
} satisfies Words;

import type { Unit } from '@darmon/domain/medicine';
import type { Entry, Words } from '../entry.ts';

/** The parts from which a dosage sentence is put together; `../dosage.ts` knows how. `n` is the figure as written. */

/** A counted noun: what each language needs of it. Russian: nominative, dative, genitive, genitive plural. */
interface Noun {
  readonly uz: string;
  readonly uzCyrl?: string;
  /** Uzbek counts things with "ta", measures without. */
  readonly measure?: true;
  readonly ru: readonly [string, string, string, string];
  readonly en: readonly [one: string, many: string, article: 'a' | 'an'];
}

const nouns = {
  tablet: { uz: 'tabletka', ru: ['таблетка', 'таблетке', 'таблетки', 'таблеток'], en: ['tablet', 'tablets', 'a'] },
  capsule: { uz: 'kapsula', ru: ['капсула', 'капсуле', 'капсулы', 'капсул'], en: ['capsule', 'capsules', 'a'] },
  ml: { uz: 'ml', uzCyrl: 'мл', measure: true, ru: ['мл', 'мл', 'мл', 'мл'], en: ['ml', 'ml', 'a'] },
  dose: { uz: 'doza', measure: true, ru: ['доза', 'дозе', 'дозы', 'доз'], en: ['dose', 'doses', 'a'] },
  ampoule: { uz: 'ampula', ru: ['ампула', 'ампуле', 'ампулы', 'ампул'], en: ['ampoule', 'ampoules', 'an'] },
  vial: { uz: 'flakon', ru: ['флакон', 'флакону', 'флакона', 'флаконов'], en: ['vial', 'vials', 'a'] },
  suppository: {
    uz: 'shamcha',
    ru: ['суппозиторий', 'суппозиторию', 'суппозитория', 'суппозиториев'],
    en: ['suppository', 'suppositories', 'a'],
  },
  sachet: { uz: 'paketcha', ru: ['пакетик', 'пакетику', 'пакетика', 'пакетиков'], en: ['sachet', 'sachets', 'a'] },
  patch: { uz: 'plastir', ru: ['пластырь', 'пластырю', 'пластыря', 'пластырей'], en: ['patch', 'patches', 'a'] },
  g: { uz: 'g', uzCyrl: 'г', measure: true, ru: ['г', 'г', 'г', 'г'], en: ['g', 'g', 'a'] },
  drop: { uz: 'tomchi', measure: true, ru: ['капля', 'капле', 'капли', 'капель'], en: ['drop', 'drops', 'a'] },
  pen: {
    uz: 'shprits-ruchka',
    ru: ['шприц-ручка', 'шприц-ручке', 'шприц-ручки', 'шприц-ручек'],
    en: ['pen', 'pens', 'a'],
  },
  piece: { uz: 'dona', measure: true, ru: ['штука', 'штуке', 'штуки', 'штук'], en: ['piece', 'pieces', 'a'] },
} satisfies Record<Unit, Noun>;

/** Units whose Russian noun is masculine: "полтора флакона", but "полторы таблетки". */
/** In Russian: what is counted by a number in words takes its gender from these, abbreviations included. */
export const countedAsMasculine: readonly Unit[] = ['vial', 'suppository', 'sachet', 'patch', 'ml', 'g'];

export const masculineUnits: readonly Unit[] = ['vial', 'suppository', 'sachet', 'patch'];

// "5 ml dan" but "2 tabletkadan": an abbreviation takes its suffix after a space.
const ablative = (noun: string, language: 'Latn' | 'Cyrl'): string =>
  `${noun}${noun.length <= 2 ? ' ' : ''}${language === 'Latn' ? 'dan' : 'дан'}`;

const uzCyrl = (noun: Noun, text: (written: string) => string): { uzCyrl?: string } =>
  noun.uzCyrl ? { uzCyrl: text(noun.uzCyrl) } : {};

/** "20 tablets", standing alone. */
const counted = (noun: Noun): Entry => ({
  uz: `{{n}} ${noun.measure ? '' : 'ta '}${noun.uz}`,
  ...uzCyrl(noun, (written) => `{{n}} ${written}`),
  ru: {
    one: `{{n}} ${noun.ru[0]}`,
    few: `{{n}} ${noun.ru[2]}`,
    many: `{{n}} ${noun.ru[3]}`,
    other: `{{n}} ${noun.ru[2]}`,
  },
  en: { one: `{{n}} ${noun.en[0]}`, other: `{{n}} ${noun.en[1]}` },
});

/** How much at a time: "по 2 таблетки". */
const each = (noun: Noun): Entry => ({
  uz: `{{n}} ${ablative(noun.uz, 'Latn')}`,
  ...uzCyrl(noun, (written) => `{{n}} ${ablative(written, 'Cyrl')}`),
  ru: {
    one: `по {{n}} ${noun.ru[1]}`,
    few: `по {{n}} ${noun.ru[2]}`,
    many: `по {{n}} ${noun.ru[3]}`,
    other: `по {{n}} ${noun.ru[2]}`,
  },
  en: { one: `{{n}} ${noun.en[0]}`, other: `{{n}} ${noun.en[1]}` },
});

/** A part of one: "half a tablet". */
const part = (noun: Noun): Entry => ({
  uz: `{{n}} ${ablative(noun.uz, 'Latn')}`,
  ...uzCyrl(noun, (written) => `{{n}} ${ablative(written, 'Cyrl')}`),
  ru: `по {{n}} ${noun.ru[2]}`,
  en: `{{n}} ${noun.en[2]} ${noun.en[0]}`,
});

/** After "no more than". */
const atMost = (noun: Noun): Entry => ({
  uz: `{{n}} ${ablative(noun.uz, 'Latn')}`,
  ...uzCyrl(noun, (written) => `{{n}} ${ablative(written, 'Cyrl')}`),
  ru: {
    one: `{{n}} ${noun.ru[2]}`,
    few: `{{n}} ${noun.ru[3]}`,
    many: `{{n}} ${noun.ru[3]}`,
    other: `{{n}} ${noun.ru[2]}`,
  },
  en: { one: `{{n}} ${noun.en[0]}`, other: `{{n}} ${noun.en[1]}` },
});

const perUnit = <P extends string>(prefix: P, make: (noun: Noun) => Entry): Record<`${P}.${Unit}`, Entry> =>
  Object.fromEntries(Object.entries(nouns).map(([unit, noun]) => [`${prefix}.${unit}`, make(noun)])) as Record<
    `${P}.${Unit}`,
    Entry
  >;

export const dosage = {
  title: { uz: 'Qabul qilish tartibi', ru: 'Способ применения', en: 'Directions' },
  ...perUnit('quantity', counted),
  ...perUnit('each', each),
  ...perUnit('part', part),
  ...perUnit('atMost', atMost),

  quarter: { uz: 'chorak (¼)', ru: 'четверти (¼)', en: 'a quarter (¼) of' },
  half: { uz: 'yarim (½)', ru: 'половине (½)', en: 'half (½)' },
  threeQuarters: { uz: 'toʻrtdan uch (¾)', ru: 'три четверти (¾)', en: 'three quarters (¾) of' },
  oneAndHalf: { uz: 'bir yarim (1½)', ru: 'полторы (1½)', en: 'one and a half (1½)' },
  oneAndHalfMasculine: { uz: 'bir yarim (1½)', ru: 'полтора (1½)', en: 'one and a half (1½)' },

  // How it is taken. The verb ends the Uzbek sentence and begins the others.
  'take.swallow': {
    uz: '{{dose}} {{rest}} ichiladi',
    ru: 'принимать внутрь {{dose}} {{rest}}',
    en: 'take {{dose}} by mouth {{rest}}',
  },
  'take.under-tongue': {
    uz: '{{dose}} {{rest}} til ostiga qoʻyib shimiladi',
    ru: 'рассасывать под языком {{dose}} {{rest}}',
    en: 'dissolve {{dose}} under the tongue {{rest}}',
  },
  'take.spray-under-tongue': {
    uz: '{{dose}} {{rest}} til ostiga sepiladi',
    ru: 'распылять под язык {{dose}} {{rest}}',
    en: 'spray {{dose}} under the tongue {{rest}}',
  },
  'take.dissolve-in-mouth': {
    uz: '{{dose}} {{rest}} ogʻizda shimiladi',
    ru: 'рассасывать во рту {{dose}} {{rest}}',
    en: 'dissolve {{dose}} in the mouth {{rest}}',
  },
  'take.spray-in-mouth': {
    uz: '{{dose}} {{rest}} ogʻizga sepiladi',
    ru: 'распылять в полость рта {{dose}} {{rest}}',
    en: 'spray {{dose}} into the mouth {{rest}}',
  },
  'take.in-cheek': {
    uz: '{{dose}} {{rest}} lunj ichiga yuboriladi',
    ru: 'вводить за щёку {{dose}} {{rest}}',
    en: 'put {{dose}} inside the cheek {{rest}}',
  },
  'take.muscle': {
    uz: '{{dose}} {{rest}} mushak orasiga yuboriladi',
    ru: 'вводить внутримышечно {{dose}} {{rest}}',
    en: 'inject {{dose}} into a muscle {{rest}}',
  },
  'take.vein': {
    uz: '{{dose}} {{rest}} venaga yuboriladi',
    ru: 'вводить внутривенно {{dose}} {{rest}}',
    en: 'give {{dose}} into a vein {{rest}}',
  },
  'take.under-skin': {
    uz: '{{dose}} {{rest}} teri ostiga yuboriladi',
    ru: 'вводить подкожно {{dose}} {{rest}}',
    en: 'inject {{dose}} under the skin {{rest}}',
  },
  'take.rectum': {
    uz: '{{dose}} {{rest}} toʻgʻri ichakka yuboriladi',
    ru: 'вводить в прямую кишку {{dose}} {{rest}}',
    en: 'insert {{dose}} into the rectum {{rest}}',
  },
  'take.vagina': {
    uz: '{{dose}} {{rest}} qinga yuboriladi',
    ru: 'вводить во влагалище {{dose}} {{rest}}',
    en: 'insert {{dose}} into the vagina {{rest}}',
  },
  'take.rub-on-skin': {
    uz: '{{dose}} {{rest}} teriga surtiladi',
    ru: 'наносить на кожу {{dose}} {{rest}}',
    en: 'apply {{dose}} to the skin {{rest}}',
  },
  'take.stick-on-skin': {
    uz: '{{dose}} {{rest}} teriga yopishtiriladi',
    ru: 'наклеивать на кожу {{dose}} {{rest}}',
    en: 'stick {{dose}} on the skin {{rest}}',
  },
  'take.drip-in-eye': {
    uz: '{{dose}} {{rest}} koʻzga tomiziladi',
    ru: 'закапывать в глаз {{dose}} {{rest}}',
    en: 'put {{dose}} into the eye {{rest}}',
  },
  'take.behind-eyelid': {
    uz: '{{dose}} {{rest}} koʻz qovogʻi ichiga qoʻyiladi',
    ru: 'закладывать за веко {{dose}} {{rest}}',
    en: 'put {{dose}} inside the eyelid {{rest}}',
  },
  'take.drip-in-ear': {
    uz: '{{dose}} {{rest}} quloqqa tomiziladi',
    ru: 'закапывать в ухо {{dose}} {{rest}}',
    en: 'put {{dose}} into the ear {{rest}}',
  },
  'take.drip-in-nose': {
    uz: '{{dose}} {{rest}} burunga tomiziladi',
    ru: 'закапывать в нос {{dose}} {{rest}}',
    en: 'put {{dose}} into the nose {{rest}}',
  },
  'take.spray-in-nose': {
    uz: '{{dose}} {{rest}} burunga sepiladi',
    ru: 'впрыскивать в нос {{dose}} {{rest}}',
    en: 'spray {{dose}} into the nose {{rest}}',
  },
  'take.put-in-nose': {
    uz: '{{dose}} {{rest}} burun ichiga surtiladi',
    ru: 'наносить внутрь носа {{dose}} {{rest}}',
    en: 'apply {{dose}} inside the nose {{rest}}',
  },
  'take.inhale': {
    uz: '{{dose}} {{rest}} nafas bilan ichga tortiladi',
    ru: 'вдыхать {{dose}} {{rest}}',
    en: 'inhale {{dose}} {{rest}}',
  },
  // A capsule for inhaling that is swallowed does nothing: a known mistake.
  'take.inhale-capsule': {
    uz: '{{dose}} {{rest}} ingalyator orqali nafas bilan tortiladi (yutilmaydi)',
    ru: 'вдыхать через ингалятор (не глотать) {{dose}} {{rest}}',
    en: 'inhale {{dose}} through the inhaler (do not swallow) {{rest}}',
  },
  'take.nebuliser': {
    uz: '{{dose}} {{rest}} nebulayzer orqali nafas bilan olinadi',
    ru: 'вдыхать через небулайзер {{dose}} {{rest}}',
    en: 'inhale {{dose}} through a nebuliser {{rest}}',
  },

  timesPerDay: {
    uz: 'kuniga {{n}} mahal',
    ru: { one: '{{n}} раз в день', few: '{{n}} раза в день', many: '{{n}} раз в день', other: '{{n}} раза в день' },
    en: { one: 'once a day', other: '{{n}} times a day' },
  },
  atMostTimesPerDay: {
    uz: 'kuniga koʻpi bilan {{n}} mahal',
    ru: {
      one: 'не более {{n}} раза в день',
      few: 'не более {{n}} раз в день',
      many: 'не более {{n}} раз в день',
      other: 'не более {{n}} раза в день',
    },
    en: { one: 'no more than once a day', other: 'up to {{n}} times a day' },
  },
  everyHour: { uz: 'har soatda', ru: 'каждый час', en: 'every hour' },
  everyHours: {
    uz: 'har {{n}} soatda',
    ru: { one: 'каждый {{n}} час', few: 'каждые {{n}} часа', many: 'каждые {{n}} часов', other: 'каждые {{n}} часа' },
    en: { one: 'every {{n}} hour', other: 'every {{n}} hours' },
  },
  everyDays: {
    uz: 'har {{n}} kunda bir mahal',
    ru: {
      one: 'один раз в {{n}} день',
      few: 'один раз в {{n}} дня',
      many: 'один раз в {{n}} дней',
      other: 'один раз в {{n}} дня',
    },
    en: { one: 'once every {{n}} day', other: 'once every {{n}} days' },
  },
  hoursApart: {
    uz: 'kamida {{n}} soat oralab',
    ru: {
      one: 'с перерывом не менее {{n}} часа',
      few: 'с перерывом не менее {{n}} часов',
      many: 'с перерывом не менее {{n}} часов',
      other: 'с перерывом не менее {{n}} часа',
    },
    en: { one: 'at least {{n}} hour apart', other: 'at least {{n}} hours apart' },
  },
  forDays: {
    uz: '{{n}} kun davomida',
    ru: {
      one: 'в течение {{n}} дня',
      few: 'в течение {{n}} дней',
      many: 'в течение {{n}} дней',
      other: 'в течение {{n}} дня',
    },
    en: { one: 'for {{n}} day', other: 'for {{n}} days' },
  },
  atMostDays: {
    uz: 'koʻpi bilan {{n}} kun',
    ru: {
      one: 'не дольше {{n}} дня',
      few: 'не дольше {{n}} дней',
      many: 'не дольше {{n}} дней',
      other: 'не дольше {{n}} дня',
    },
    en: { one: 'for up to {{n}} day', other: 'for up to {{n}} days' },
  },
  asNeeded: { uz: 'zarur boʻlganda', ru: 'при необходимости', en: 'when needed' },
  limit: {
    uz: '24 soat ichida {{amount}} oshmasin',
    ru: 'не более {{amount}} за 24 часа',
    en: 'no more than {{amount}} in 24 hours',
  },
  and: { uz: 'va', ru: 'и', en: 'and' },
  'when.morning': { uz: 'ertalab', ru: 'утром', en: 'in the morning' },
  'when.noon': { uz: 'tushda', ru: 'днём', en: 'at midday' },
  'when.evening': { uz: 'kechqurun', ru: 'вечером', en: 'in the evening' },
  'when.night': { uz: 'uxlashdan oldin', ru: 'на ночь', en: 'at bedtime' },
  'when.before-meal': { uz: 'ovqatdan oldin', ru: 'до еды', en: 'before meals' },
  'when.with-meal': { uz: 'ovqat bilan birga', ru: 'во время еды', en: 'with meals' },
  'when.after-meal': { uz: 'ovqatdan keyin', ru: 'после еды', en: 'after meals' },
} satisfies Words;

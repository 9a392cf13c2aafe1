import type { Form, MedicineClass, Route, Storage, Unit } from '@darmon/domain/medicine';
import type { LineStatus, PrescriptionStatus } from '@darmon/domain/prescription';
import type { LotState } from '@darmon/domain/stock';
import type { Entry, Words } from '../entry.ts';

/** The domain's closed lists in words; each is complete or does not compile. */

const unit = {
  'unit.tablet': { uz: 'tabletka', ru: 'таблетка', en: 'tablet' },
  'unit.capsule': { uz: 'kapsula', ru: 'капсула', en: 'capsule' },
  'unit.ml': { uz: 'ml', uzCyrl: 'мл', ru: 'мл', en: 'ml' },
  'unit.dose': { uz: 'doza', ru: 'доза', en: 'dose' },
  'unit.ampoule': { uz: 'ampula', ru: 'ампула', en: 'ampoule' },
  'unit.vial': { uz: 'flakon', ru: 'флакон', en: 'vial' },
  'unit.suppository': { uz: 'shamcha', ru: 'суппозиторий', en: 'suppository' },
  'unit.sachet': { uz: 'paketcha', ru: 'пакетик', en: 'sachet' },
  'unit.patch': { uz: 'plastir', ru: 'пластырь', en: 'patch' },
  'unit.g': { uz: 'g', uzCyrl: 'г', ru: 'г', en: 'g' },
  'unit.drop': { uz: 'tomchi', ru: 'капля', en: 'drop' },
  'unit.pen': { uz: 'shprits-ruchka', ru: 'шприц-ручка', en: 'pen' },
  'unit.piece': { uz: 'dona', ru: 'штука', en: 'piece' },
} satisfies Record<`unit.${Unit}`, Entry>;

const form = {
  'form.tablet': { uz: 'tabletka', ru: 'таблетки', en: 'tablet' },
  'form.tablet-coated': { uz: 'qobiqli tabletka', ru: 'таблетки в оболочке', en: 'coated tablet' },
  'form.tablet-prolonged': {
    uz: 'uzoq taʼsir etuvchi tabletka',
    ru: 'таблетки пролонгированного действия',
    en: 'prolonged-release tablet',
  },
  'form.tablet-orodispersible': {
    uz: 'ogʻizda eriydigan tabletka',
    ru: 'таблетки, диспергируемые в полости рта',
    en: 'orodispersible tablet',
  },
  'form.tablet-sublingual': { uz: 'til osti tabletkasi', ru: 'подъязычные таблетки', en: 'sublingual tablet' },
  'form.capsule': { uz: 'kapsula', ru: 'капсулы', en: 'capsule' },
  'form.capsule-prolonged': {
    uz: 'uzoq taʼsir etuvchi kapsula',
    ru: 'капсулы пролонгированного действия',
    en: 'prolonged-release capsule',
  },
  'form.solution-oral': { uz: 'ichiladigan eritma', ru: 'раствор для приёма внутрь', en: 'oral solution' },
  'form.suspension-oral': { uz: 'ichiladigan suspenziya', ru: 'суспензия для приёма внутрь', en: 'oral suspension' },
  'form.powder-oral': { uz: 'ichiladigan kukun', ru: 'порошок для приёма внутрь', en: 'oral powder' },
  'form.syrup': { uz: 'qiyom', ru: 'сироп', en: 'syrup' },
  'form.drops-oral': { uz: 'ichiladigan tomchi', ru: 'капли для приёма внутрь', en: 'oral drops' },
  'form.solution-injection': { uz: 'inyeksiya uchun eritma', ru: 'раствор для инъекций', en: 'solution for injection' },
  'form.powder-injection': {
    uz: 'inyeksiya uchun kukun',
    ru: 'порошок для приготовления раствора для инъекций',
    en: 'powder for injection',
  },
  'form.solution-infusion': { uz: 'infuziya uchun eritma', ru: 'раствор для инфузий', en: 'solution for infusion' },
  'form.ointment': { uz: 'surtma', ru: 'мазь', en: 'ointment' },
  'form.cream': { uz: 'krem', ru: 'крем', en: 'cream' },
  'form.gel': { uz: 'gel', ru: 'гель', en: 'gel' },
  'form.eye-drops': { uz: 'koʻz tomchisi', ru: 'глазные капли', en: 'eye drops' },
  'form.eye-ointment': { uz: 'koʻz surtmasi', ru: 'глазная мазь', en: 'eye ointment' },
  'form.ear-drops': { uz: 'quloq tomchisi', ru: 'ушные капли', en: 'ear drops' },
  'form.nasal-spray': { uz: 'burun spreyi', ru: 'назальный спрей', en: 'nasal spray' },
  'form.nasal-drops': { uz: 'burun tomchisi', ru: 'капли в нос', en: 'nasal drops' },
  'form.inhaler': { uz: 'ingalyatsiya uchun aerozol', ru: 'аэрозоль для ингаляций', en: 'inhaler' },
  'form.inhalation-powder': { uz: 'ingalyatsiya uchun kukun', ru: 'порошок для ингаляций', en: 'inhalation powder' },
  'form.solution-nebuliser': {
    uz: 'nebulayzer uchun eritma',
    ru: 'раствор для небулайзера',
    en: 'nebuliser solution',
  },
  'form.suppository': { uz: 'shamcha', ru: 'ректальные суппозитории', en: 'suppository' },
  'form.pessary': { uz: 'vaginal shamcha', ru: 'вагинальные суппозитории', en: 'pessary' },
  'form.patch': { uz: 'plastir', ru: 'пластырь', en: 'patch' },
  'form.pen-injection': {
    uz: 'inyeksiya uchun shprits-ruchka',
    ru: 'шприц-ручка для инъекций',
    en: 'pen for injection',
  },
  'form.spray-oral': { uz: 'ogʻiz uchun sprey', ru: 'спрей для полости рта', en: 'oromucosal spray' },
  'form.lozenge': { uz: 'shimiladigan tabletka', ru: 'таблетки для рассасывания', en: 'lozenge' },
} satisfies Record<`form.${Form}`, Entry>;

const route = {
  'route.oral': { uz: 'ichishga', ru: 'внутрь', en: 'by mouth' },
  'route.sublingual': { uz: 'til ostiga', ru: 'под язык', en: 'under the tongue' },
  'route.buccal': { uz: 'ogʻiz ichida', ru: 'в полости рта', en: 'in the mouth' },
  'route.intramuscular': { uz: 'mushak orasiga', ru: 'внутримышечно', en: 'into a muscle' },
  'route.intravenous': { uz: 'venaga', ru: 'внутривенно', en: 'into a vein' },
  'route.subcutaneous': { uz: 'teri ostiga', ru: 'подкожно', en: 'under the skin' },
  'route.rectal': { uz: 'toʻgʻri ichakka', ru: 'ректально', en: 'rectally' },
  'route.vaginal': { uz: 'qinga', ru: 'вагинально', en: 'vaginally' },
  'route.topical': { uz: 'teriga', ru: 'наружно', en: 'on the skin' },
  'route.ophthalmic': { uz: 'koʻzga', ru: 'в глаз', en: 'in the eye' },
  'route.otic': { uz: 'quloqqa', ru: 'в ухо', en: 'in the ear' },
  'route.nasal': { uz: 'burunga', ru: 'в нос', en: 'in the nose' },
  'route.inhalation': { uz: 'ingalyatsiya', ru: 'ингаляционно', en: 'inhaled' },
  'route.transdermal': { uz: 'teri orqali', ru: 'через кожу', en: 'through the skin' },
} satisfies Record<`route.${Route}`, Entry>;

const medicineClass = {
  'class.otc': { uz: 'retseptsiz', ru: 'без рецепта', en: 'without prescription' },
  'class.rx': { uz: 'retsept bilan', ru: 'по рецепту', en: 'on prescription' },
  'class.potent': { uz: 'kuchli taʼsir etuvchi', ru: 'сильнодействующее', en: 'potent' },
  'class.psychotropic': { uz: 'psixotrop', ru: 'психотропное', en: 'psychotropic' },
  'class.narcotic': { uz: 'giyohvandlik vositasi', ru: 'наркотическое', en: 'narcotic' },
  'class.anaesthetic': { uz: 'anestetik', ru: 'анестетик', en: 'anaesthetic' },
} satisfies Record<`class.${MedicineClass}`, Entry>;

const prescription = {
  'prescription.draft': { uz: 'Qoralama', ru: 'Черновик', en: 'Draft' },
  'prescription.active': { uz: 'Amalda', ru: 'Действует', en: 'Active' },
  'prescription.claimed': { uz: 'Dorixonada', ru: 'В работе у аптеки', en: 'Claimed by a pharmacy' },
  'prescription.partially-dispensed': { uz: 'Qisman berilgan', ru: 'Отпущен частично', en: 'Partly dispensed' },
  'prescription.completed': { uz: 'Toʻliq berilgan', ru: 'Завершён', en: 'Completed' },
  'prescription.cancelled': { uz: 'Bekor qilingan', ru: 'Отменён', en: 'Cancelled' },
  'prescription.expired': { uz: 'Muddati oʻtgan', ru: 'Истёк', en: 'Expired' },
} satisfies Record<`prescription.${PrescriptionStatus}`, Entry>;

const line = {
  'line.to-dispense': { uz: 'Berilishi kerak', ru: 'К отпуску', en: 'To dispense' },
  'line.partially-dispensed': { uz: 'Qisman berilgan', ru: 'Отпущено частично', en: 'Partly dispensed' },
  'line.dispensed': { uz: 'Berilgan', ru: 'Отпущено', en: 'Dispensed' },
  'line.not-dispensed': { uz: 'Berilmagan', ru: 'Не отпущено', en: 'Not dispensed' },
  'line.owed': { uz: 'Qarzda qolgan', ru: 'Осталось отпустить', en: 'Owed' },
  'line.cancelled': { uz: 'Bekor qilingan', ru: 'Отменено', en: 'Cancelled' },
  'line.expired': { uz: 'Muddati oʻtgan', ru: 'Истекло', en: 'Expired' },
} satisfies Record<`line.${LineStatus}`, Entry>;

const storage = {
  'storage.room': { uz: 'Xona harorati', ru: 'Комнатная температура', en: 'Room temperature' },
  'storage.cool': { uz: 'Salqin joy', ru: 'Прохладное место', en: 'Cool place' },
  'storage.cold': { uz: 'Muzlatgich', ru: 'Холодильник', en: 'Refrigerator' },
  'storage.frozen': { uz: 'Muzxona', ru: 'Морозильник', en: 'Freezer' },
} satisfies Record<`storage.${Storage}`, Entry>;

const lot = {
  'lot.available': { uz: 'Berish mumkin', ru: 'Доступна', en: 'Available' },
  'lot.on-hold': { uz: 'Ushlab turilgan', ru: 'Приостановлена', en: 'On hold' },
  'lot.quarantined': { uz: 'Karantinda', ru: 'В карантине', en: 'In quarantine' },
  'lot.recalled': { uz: 'Qaytarib olinmoqda', ru: 'Отозвана', en: 'Recalled' },
  // Not a stored state: the date says it.
  'lot.expired': { uz: 'Muddati oʻtgan', ru: 'Просрочена', en: 'Expired' },
} satisfies Record<`lot.${LotState | 'expired'}`, Entry>;

export const medicine = {
  ...unit,
  ...form,
  ...route,
  ...medicineClass,
  ...prescription,
  ...line,
  ...storage,
  ...lot,
} satisfies Words;

import type { Field } from '@darmon/domain/sheet';
import type { Entry } from '../entry.ts';

/** What to write into a column, for the second sheet of a template. */
export const sheetHelp: Record<`help.${Field}`, Entry> = {
  'help.gtin': {
    uz: 'Qadoqdagi 14 xonali raqam. Oldidagi nollarni yozing.',
    ru: '14 цифр с упаковки, вместе с нулями впереди.',
    en: 'The 14 digits of the pack, with the zeros in front.',
  },
  'help.medicine': {
    uz: 'Doriga bitta qadoq turi boʻlsa, GTIN oʻrniga roʻyxatdagi kodi.',
    ru: 'Вместо GTIN, если у лекарства один вид упаковки: код из перечня.',
    en: 'In place of a GTIN where the medicine has one pack only: its code in the formulary.',
  },
  'help.lot': { uz: 'Qadoqda yozilganidek.', ru: 'Как на упаковке.', en: 'As printed on the pack.' },
  'help.expiryDate': {
    uz: 'KK.OO.YYYY yoki OO.YYYY: oyning oxirgi kuni.',
    ru: 'ДД.ММ.ГГГГ или ММ.ГГГГ: последний день месяца.',
    en: 'DD.MM.YYYY, or MM.YYYY for the last day of the month.',
  },
  'help.quantity': {
    uz: 'Tabletka, kapsula, ampula va hokazo soni. Buni yoki qadoqlar sonini yozing.',
    ru: 'Число таблеток, капсул, ампул. Это или число упаковок.',
    en: 'Tablets, capsules, ampoules and so on. This, or the number of packs.',
  },
  'help.packs': {
    uz: 'Butun qadoqlar soni. Buni yoki donalar sonini yozing.',
    ru: 'Число целых упаковок. Это или число единиц.',
    en: 'Whole packs. This, or the number of units.',
  },
  'help.packPrice': {
    uz: 'Ixtiyoriy. Soʻmda, tiyinlari vergul yoki nuqtadan keyin.',
    ru: 'Необязательно. В сумах, тийины после запятой или точки.',
    en: 'Optional. In soʻm, tiyin behind a comma or a point.',
  },
  'help.zone': {
    uz: 'Ixtiyoriy. Ombordagi zona.',
    ru: 'Необязательно. Зона склада.',
    en: 'Optional. The zone of the store.',
  },
  'help.shelf': {
    uz: 'Ixtiyoriy. Zonadagi tokcha.',
    ru: 'Необязательно. Полка в зоне.',
    en: 'Optional. The shelf in the zone.',
  },
  'help.id': {
    uz: 'Lotin bosh harflari, raqamlar va chiziqcha, masalan PH-2001.',
    ru: 'Латинские заглавные буквы, цифры и дефис, например PH-2001.',
    en: 'Latin capitals, digits and hyphens, such as PH-2001.',
  },
  'help.kind': {
    uz: 'Klinika, dorixona, ombor yoki idora.',
    ru: 'Клиника, аптека, склад или управление.',
    en: 'Clinic, pharmacy, warehouse or office.',
  },
  'help.name': { uz: 'Toʻliq nomi.', ru: 'Полное название.', en: 'The full name.' },
  'help.region': { uz: 'Viloyat nomi.', ru: 'Название области.', en: 'The name of the region.' },
  'help.address': { uz: 'Ixtiyoriy.', ru: 'Необязательно.', en: 'Optional.' },
  'help.licenceNumber': {
    uz: 'Klinika va dorixona uchun shart.',
    ru: 'Обязательно для клиники и аптеки.',
    en: 'Needed for a clinic and a pharmacy.',
  },
  'help.licenceFrom': {
    uz: 'Birinchi kuni: KK.OO.YYYY.',
    ru: 'Первый день: ДД.ММ.ГГГГ.',
    en: 'The first day: DD.MM.YYYY.',
  },
  'help.licenceUntil': {
    uz: 'Oxirgi kuni: KK.OO.YYYY.',
    ru: 'Последний день: ДД.ММ.ГГГГ.',
    en: 'The last day: DD.MM.YYYY.',
  },
  'help.sscc': {
    uz: 'Ixtiyoriy. Yashik yoki palletning 18 xonali kodi.',
    ru: 'Необязательно. 18 цифр короба или паллеты.',
    en: 'Optional. The 18 digits of the carton or pallet.',
  },
  'help.price': {
    uz: 'Bitta qadoq uchun, tiyinlari vergul yoki nuqtadan keyin.',
    ru: 'За одну упаковку, сотые после запятой или точки.',
    en: 'Of one pack, hundredths behind a comma or a point.',
  },
  'help.currency': {
    uz: 'UZS, USD, EUR va hokazo. Boʻsh boʻlsa, soʻm.',
    ru: 'UZS, USD, EUR и т. д. Пусто: сумы.',
    en: 'UZS, USD, EUR and so on. Empty: soʻm.',
  },
  'help.rate': {
    uz: 'Bir birlik uchun soʻm, faqat boshqa valyutada.',
    ru: 'Сумов за единицу, только для другой валюты.',
    en: 'Soʻm for one unit, for another currency only.',
  },
  'help.minPacks': { uz: 'Ixtiyoriy, boʻlmasa 1.', ru: 'Необязательно, иначе 1.', en: 'Optional, else 1.' },
  'help.multiple': { uz: 'Ixtiyoriy, boʻlmasa 1.', ru: 'Необязательно, иначе 1.', en: 'Optional, else 1.' },
  'help.leadDays': {
    uz: 'Buyurtmadan yetib kelguncha kunlar.',
    ru: 'Дней от заказа до поставки.',
    en: 'Days from the order to the delivery.',
  },
  'help.validFrom': {
    uz: 'Ixtiyoriy. KK.OO.YYYY, boʻlmasa bugundan.',
    ru: 'Необязательно. ДД.ММ.ГГГГ, иначе с сегодняшнего дня.',
    en: 'Optional. DD.MM.YYYY, else from today.',
  },
  'help.validUntil': {
    uz: 'Ixtiyoriy. Oxirgi kuni, KK.OO.YYYY.',
    ru: 'Необязательно. Последний день, ДД.ММ.ГГГГ.',
    en: 'Optional. The last day, DD.MM.YYYY.',
  },
  'help.source': {
    uz: 'Qaysi qaror yoki roʻyxat. Boʻsh boʻlsa, sahifada yoziladi.',
    ru: 'Какое решение или перечень. Если пусто, указывается на странице.',
    en: 'Which decision or list. If empty, it is said on the page.',
  },
  'help.site': {
    uz: 'Muassasa kodi, masalan PH-0001. Fayl bitta muassasaniki boʻlsa, yozmasangiz ham boʻladi.',
    ru: 'Код учреждения, например PH-0001. Не нужен, если файл об одном учреждении.',
    en: 'The code of the site, such as PH-0001. Not needed where the file is of one site.',
  },
  'help.period': {
    uz: 'YYYY-OO yoki OO.YYYY; kun boʻlsa, KK.OO.YYYY.',
    ru: 'ГГГГ-ММ или ММ.ГГГГ; если это день, ДД.ММ.ГГГГ.',
    en: 'YYYY-MM or MM.YYYY; DD.MM.YYYY for a day.',
  },
  'help.daysOut': {
    uz: 'Ixtiyoriy. Shu oyda dori necha kun umuman boʻlmagan.',
    ru: 'Необязательно. Сколько дней этого месяца препарата не было совсем.',
    en: 'Optional. On how many days of the month there was none at all.',
  },
};

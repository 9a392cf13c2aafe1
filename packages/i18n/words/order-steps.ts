import type { Words } from '../entry.ts';

/** How a quantity to order was reckoned, step by step, so that a person can redo it; and why it is what it is. */
export const orderSteps = {
  'lead-time-learned': {
    uz: 'Buyurtmadan javongacha {{days}} kun, ± {{spreadDays}}: {{samples}} ta yetkazib berishdan bilib olingan',
    ru: 'От заказа до полки {{days}} дн., ± {{spreadDays}}: узнано по поставкам, их {{samples}}',
    en: 'From order to shelf {{days}} days, ± {{spreadDays}}: learned from {{samples}} receipts',
  },
  'lead-time-promised': {
    uz: 'Buyurtmadan javongacha {{days}} kun, yetkazib beruvchi aytganidek; tebranishi qoidaga koʻra ± {{spreadDays}}',
    ru: 'От заказа до полки {{days}} дн., как говорит поставщик; разброс по правилам ± {{spreadDays}}',
    en: 'From order to shelf {{days}} days, as the supplier says; ± {{spreadDays}} by the rules',
  },
  'lead-time-rules': {
    uz: 'Buyurtmadan javongacha qoidaga koʻra {{days}} kun, ± {{spreadDays}}: hech kimning narxi yoʻq',
    ru: 'От заказа до полки по правилам {{days}} дн., ± {{spreadDays}}: цены ни у кого нет',
    en: 'From order to shelf {{days}} days by the rules, ± {{spreadDays}}: nobody has a price for it',
  },
  demand: {
    uz: '{{from}} dan {{until}} gacha, {{days}} kunda kutilayotgan sarf: {{units}}',
    ru: 'Ожидаемый расход с {{from}} по {{until}}, за {{days}} дн.: {{units}}',
    en: 'Expected use from {{from}} through {{until}}, {{days}} days: {{units}}',
  },
  'safety-stock': {
    uz: 'Ehtiyot zaxira: {{z}} × √({{months}} × {{sigma}}² + {{monthly}}² × {{leadSpreadMonths}}²) = {{units}}. Bunda {{z}} — {{level}} xizmat darajasi, {{sigma}} — bir oylik prognoz xatosi (yil boʻyicha {{sigmaOfYear}} × mavsum {{season}}), {{leadSpreadMonths}} — yetkazish muddatining tebranishi, oyda',
    ru: 'Страховой запас: {{z}} × √({{months}} × {{sigma}}² + {{monthly}}² × {{leadSpreadMonths}}²) = {{units}}. Здесь {{z}} — для уровня обслуживания {{level}}, {{sigma}} — ошибка прогноза на месяц (за год {{sigmaOfYear}} × сезон {{season}}), {{leadSpreadMonths}} — разброс срока поставки в месяцах',
    en: 'Safety stock: {{z}} × √({{months}} × {{sigma}}² + {{monthly}}² × {{leadSpreadMonths}}²) = {{units}}. Here {{z}} is for a service level of {{level}}, {{sigma}} the error of a month’s forecast ({{sigmaOfYear}} over a year × {{season}} for the season), {{leadSpreadMonths}} how the lead time varies, in months',
  },
  consumption: {
    uz: 'Oyiga oʻrtacha sarf: {{monthly}}',
    ru: 'Средний расход в месяц: {{monthly}}',
    en: 'Average use a month: {{monthly}}',
  },
  maximum: {
    uz: 'Eng koʻp zaxira: {{monthly}} × {{maxMonths}} oy = {{units}}',
    ru: 'Наибольший запас: {{monthly}} × {{maxMonths}} мес. = {{units}}',
    en: 'Most to have: {{monthly}} × {{maxMonths}} months = {{units}}',
  },
  'on-hand': {
    uz: 'Qoldiqda ishlatish mumkin: {{units}}; ajratilgan yoki toʻxtatilgan, hisobga olinmaydi: {{setAside}}',
    ru: 'В наличии и можно отпускать: {{units}}; отложено или заблокировано, не считается: {{setAside}}',
    en: 'On hand and usable: {{units}}; promised or blocked and not counted: {{setAside}}',
  },
  'will-expire': {
    uz: 'Shundan sarflanmasdan muddati oʻtadi: {{units}}, birinchisi {{first}}',
    ru: 'Из них истечёт срок раньше, чем израсходуют: {{units}}, первые {{first}}',
    en: 'Of it will expire before it is used: {{units}}, the first on {{first}}',
  },
  'on-order': {
    uz: 'Buyurtma qilingan, hali kelmagan: {{units}}, {{first}} dan {{last}} gacha kutiladi',
    ru: 'Заказано и ещё не пришло: {{units}}, ожидается с {{first}} по {{last}}',
    en: 'Ordered and not here yet: {{units}}, due from {{first}} to {{last}}',
  },
  'in-transit': {
    uz: 'Boshqa muassasalardan yoʻlda: {{units}}',
    ru: 'В пути из других учреждений: {{units}}',
    en: 'On its way from other sites: {{units}}',
  },
  position: {
    uz: 'Hammasi boʻlib ishlatsa boʻladi: {{units}}',
    ru: 'Всего можно рассчитывать на: {{units}}',
    en: 'In all that can be counted on: {{units}}',
  },
  needed: {
    uz: 'Kerak: {{target}} − {{position}} = {{units}}',
    ru: 'Нужно: {{target}} − {{position}} = {{units}}',
    en: 'Needed: {{target}} − {{position}} = {{units}}',
  },
  'needed-above': {
    uz: 'Buyurtma chegarasi {{orderAt}}; bor: {{position}}, bundan koʻp, shuning uchun hozircha kerak emas',
    ru: 'Порог заказа {{orderAt}}; есть {{position}}, это больше, поэтому пока не нужно',
    en: 'Ordered from {{orderAt}} down; there are {{position}}, which is more, so nothing is needed yet',
  },
  moves: {
    uz: 'Shundan {{units}} tasini boshqa muassasa yuborishi mumkin ({{from}}): {{needed}} − {{units}} = {{left}}. Koʻchirish soʻralmasa yoki rad etilsa, keyingi reja uni buyurtma qiladi',
    ru: 'Из них {{units}} может прислать другое учреждение ({{from}}): {{needed}} − {{units}} = {{left}}. Если перемещение не запросят или откажут, следующий план это закажет',
    en: 'Of it {{units}} can come from another site ({{from}}): {{needed}} − {{units}} = {{left}}. If nobody asks for the transfer, or it is refused, the next plan orders it',
  },
  packs: {
    uz: 'Oʻramlarda: {{units}} ÷ {{packUnits}}, yuqoriga yaxlitlab = {{packs}}',
    ru: 'В упаковках: {{units}} ÷ {{packUnits}}, с округлением вверх = {{packs}}',
    en: 'In packs: {{units}} ÷ {{packUnits}}, rounded up = {{packs}}',
  },
  minimum: {
    uz: 'Yetkazib beruvchi {{minimumPacks}} qadoqdan kam sotmaydi: {{packs}}',
    ru: 'Поставщик не продаёт меньше {{minimumPacks}} упаковок: {{packs}}',
    en: 'The supplier sells no fewer than {{minimumPacks}} packs: {{packs}}',
  },
  multiple: {
    uz: 'Faqat {{multiplePacks}} qadoqdan qilib sotadi: {{packs}}',
    ru: 'Продаёт только по {{multiplePacks}} упаковок: {{packs}}',
    en: 'Sold by {{multiplePacks}} packs only: {{packs}}',
  },
  'expiry-cap': {
    uz: 'Yaroqlilik: kelgan dori yana {{shelfDays}} kun yaroqli. {{days}} kunda {{asked}} kerak boʻladi, undan oldin bori {{before}} ketadi, shuning uchun yangisidan {{usable}} tasi ulguradi (boshqa joylarda yana {{elsewhere}} tasi ketadi): {{packs}} qadoq',
    ru: 'Срок годности: у поставки остаётся {{shelfDays}} дн. За {{days}} дн. понадобится {{asked}}, прежде уйдёт {{before}} из имеющегося, поэтому из новой поставки успеют израсходовать {{usable}} (в других местах ещё {{elsewhere}}): {{packs}} упак.',
    en: 'Shelf life: what comes is good for {{shelfDays}} days. In {{days}} days {{asked}} will be asked for, {{before}} of what is there goes first, so {{usable}} of the delivery will be used in time (other sites would use {{elsewhere}} more): {{packs}} packs',
  },
  'money-cap': {
    uz: 'Pul yetadi: {{packs}} qadoq',
    ru: 'Денег хватает на: {{packs}} упак.',
    en: 'The money buys: {{packs}} packs',
  },
  result: {
    uz: 'Buyurtma: {{packs}} qadoq × {{packUnits}} = {{units}}',
    ru: 'Заказать: {{packs}} упак. × {{packUnits}} = {{units}}',
    en: 'To order: {{packs}} packs × {{packUnits}} = {{units}}',
  },

  'reason.no-demand': { uz: 'Hech kim soʻramayapti', ru: 'Никто не спрашивает', en: 'Nobody asks for it' },
  'reason.enough': { uz: 'Yetarli', ru: 'Достаточно', en: 'There is enough' },
  'reason.above-minimum': {
    uz: 'Hali buyurtma chegarasidan yuqori',
    ru: 'Ещё выше порога заказа',
    en: 'Still above the level at which it is ordered',
  },
  'reason.stock-will-expire': {
    uz: 'Qoldiqning bir qismi muddatida sarflanmaydi',
    ru: 'Часть остатка не израсходуют до конца срока',
    en: 'Part of the stock will expire before it is used',
  },
  'reason.moved-first': {
    uz: 'Bir qismi boshqa muassasadan keladi',
    ru: 'Часть придёт из другого учреждения',
    en: 'Part of it comes from another site',
  },
  'reason.raised-to-minimum': {
    uz: 'Eng kam buyurtmagacha koʻpaytirilgan',
    ru: 'Увеличено до наименьшего заказа',
    en: 'Raised to the smallest order',
  },
  'reason.raised-to-multiple': {
    uz: 'Toʻliq qadoqqa yaxlitlangan',
    ru: 'Округлено до кратного',
    en: 'Raised to whole multiples',
  },
  'reason.capped-by-expiry': {
    uz: 'Yaroqlilik muddati tufayli kamaytirilgan',
    ru: 'Уменьшено из-за срока годности',
    en: 'Cut because of shelf life',
  },
  'reason.minimum-would-expire': {
    uz: 'Eng kam buyurtma ham muddatida sarflanmaydi, shuning uchun buyurtma yoʻq',
    ru: 'Даже наименьший заказ не израсходуют до конца срока, поэтому заказа нет',
    en: 'Even the smallest order would expire, so nothing is ordered',
  },
  'reason.minimum-shared': {
    uz: 'Eng kam buyurtmaning ortigʻini boshqa muassasalar ishlatadi',
    ru: 'Лишнее из наименьшего заказа израсходуют другие учреждения',
    en: 'What the smallest order leaves over is used by other sites',
  },
  'reason.minimum-despite-expiry': {
    uz: 'Hayotiy muhim dori: eng kam buyurtma beriladi, bir qismining muddati oʻtishi mumkin',
    ru: 'Жизненно важное: заказывается наименьшее количество, часть может не пригодиться в срок',
    en: 'Vital: the smallest order is made, and part of it may expire',
  },
  'reason.capped-by-money': {
    uz: 'Pul yetmagani uchun kamaytirilgan',
    ru: 'Уменьшено, потому что не хватает денег',
    en: 'Cut because the money does not reach',
  },
  'reason.price-missing': { uz: 'Narxi nomaʼlum', ru: 'Цена неизвестна', en: 'No price is known' },
} as const satisfies Words;

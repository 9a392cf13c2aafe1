import type { RefusalCode } from '@darmon/domain/refusal';
import type { RefusalWords } from '../entry.ts';

/** Refusals of ordering: requisitions, budgets, prices, suppliers, orders. */
export const procurementRefusals = {
  'requisition-empty': {
    title: {
      uz: 'Talabnomada hech narsa soʻralmagan',
      ru: 'В заявке ничего не запрошено',
      en: 'The requisition asks for nothing',
    },
    next: {
      uz: 'Kerakli qadoqlarni kiriting yoki talabnomani sababi bilan oʻtkazib yuboring.',
      ru: 'Укажите нужные упаковки или пропустите заявку, назвав причину.',
      en: 'Enter the packs that are needed, or skip the requisition and say why.',
    },
  },
  'approval-limit': {
    title: {
      uz: 'Bu summani tasdiqlash vakolatingizdan tashqarida',
      ru: 'Эта сумма выше вашего предела утверждения',
      en: 'This value is above what you may approve',
    },
    next: {
      uz: 'Uni bosh mutaxassis tasdiqlaydi.',
      ru: 'Её утверждает главный специалист.',
      en: 'A chief approves it.',
    },
  },
  'approval-region': {
    title: {
      uz: 'Bu hudud uchun boshqa shaxs tasdiqlaydi',
      ru: 'Для этого региона утверждает другой человек',
      en: 'Somebody else approves for this region',
    },
    next: {
      uz: 'Hudud uchun belgilangan shaxsdan yoki bosh mutaxassisdan soʻrang.',
      ru: 'Обратитесь к назначенному для региона или к главному специалисту.',
      en: 'Ask the person named for the region, or a chief.',
    },
  },
  'delegation-missing': {
    title: {
      uz: 'Sizga bunday vakolat berilmagan',
      ru: 'Вам это полномочие не передано',
      en: 'This was not delegated to you',
    },
    next: {
      uz: 'Vakolat sanalarini tekshiring yoki oʻzingiz nomingizdan tasdiqlang.',
      ru: 'Проверьте дни полномочия или утверждайте от своего имени.',
      en: 'Check the days of the delegation, or approve in your own name.',
    },
  },
  'delegation-invalid': {
    title: { uz: 'Vakolat notoʻgʻri', ru: 'Полномочие указано неверно', en: 'The delegation is not valid' },
    next: {
      uz: 'Boshqa xodimni va bir yildan oshmaydigan kunlarni tanlang.',
      ru: 'Выберите другого сотрудника и дни в пределах года.',
      en: 'Choose another person, and days within a year.',
    },
  },
  'lines-unpriced': {
    title: { uz: 'Narxi yoʻq qatorlar bor', ru: 'Есть строки без цены', en: 'Some lines have no price' },
    next: {
      uz: 'Narxlarni kiriting: ularsiz qiymatni va budjetni baholab boʻlmaydi.',
      ru: 'Укажите цены: без них нельзя судить о сумме и бюджете.',
      en: 'Enter the prices: without them neither value nor budget can be judged.',
    },
  },
  'price-over-limit': {
    title: {
      uz: 'Narx ruxsat etilganidan yuqori',
      ru: 'Цена выше допустимой',
      en: 'A price is above the highest allowed',
    },
    next: {
      uz: 'Sababini yozing yoki talabnomani rad eting.',
      ru: 'Назовите причину или отклоните заявку.',
      en: 'Say why, or reject the requisition.',
    },
  },
  'budget-exceeded': {
    title: { uz: 'Budjetda mablagʻ yetarli emas', ru: 'В бюджете не хватает средств', en: 'The budget does not reach' },
    next: {
      uz: 'Miqdorni kamaytiring yoki budjetni koʻpaytirishni soʻrang.',
      ru: 'Уменьшите количество или попросите увеличить бюджет.',
      en: 'Ask for less, or ask for a larger budget.',
    },
  },
} satisfies Partial<Record<RefusalCode, RefusalWords>>;

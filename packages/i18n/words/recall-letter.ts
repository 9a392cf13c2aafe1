import type { Words } from '../entry.ts';

/** The letter to a patient who got a recalled lot, and the poster that a pharmacy hangs up. */
export const recallLetter = {
  title: { uz: 'Dori chaqirib olinmoqda', ru: 'Отзыв лекарства', en: 'A medicine is being recalled' },
  dear: { uz: 'Hurmatli {{name}}!', ru: 'Здравствуйте, {{name}}!', en: 'Dear {{name}},' },
  dearAnybody: { uz: 'Hurmatli bemor!', ru: 'Уважаемый пациент!', en: 'Dear patient,' },
  got: {
    uz: '{{day}} kuni bizning dorixonamizdan quyidagi dorini oldingiz. Bu seriya tekshiruv natijasida chaqirib olindi.',
    ru: '{{day}} вы получили в нашей аптеке лекарство, указанное ниже. Эта серия отозвана.',
    en: 'On {{day}} you received the medicine below from our pharmacy. This lot has been recalled.',
  },
  anybody: {
    uz: 'Quyidagi dorining bu seriyasi chaqirib olindi. Uyingizdagi qadoqni tekshiring.',
    ru: 'Указанная ниже серия лекарства отозвана. Проверьте упаковку у себя дома.',
    en: 'This lot of the medicine below has been recalled. Please check the pack you have at home.',
  },
  medicine: { uz: 'Dori', ru: 'Лекарство', en: 'Medicine' },
  lot: { uz: 'Seriya', ru: 'Серия', en: 'Lot' },
  expiry: { uz: 'Yaroqlilik muddati', ru: 'Годен до', en: 'Use until' },
  serials: { uz: 'Qadoq raqamlari', ru: 'Номера упаковок', en: 'Pack numbers' },
  serialRange: { uz: '{{from}} dan {{to}} gacha', ru: 'с {{from}} по {{to}}', en: '{{from}} to {{to}}' },
  number: { uz: 'Retsept', ru: 'Рецепт', en: 'Prescription' },
  what: { uz: 'Nima qilish kerak', ru: 'Что делать', en: 'What to do' },
  'step.stop': {
    uz: 'Bu qadoqdagi dorini endi ichmang va ishlatmang.',
    ru: 'Больше не принимайте лекарство из этой упаковки.',
    en: 'Do not take any more of the medicine from this pack.',
  },
  'step.bring': {
    uz: 'Qadoqni, ochilgan boʻlsa ham, dorixonaga olib keling. Oʻrniga nima ichishni aytamiz.',
    ru: 'Принесите упаковку в аптеку, даже открытую. Мы скажем, чем её заменить.',
    en: 'Bring the pack to the pharmacy, even if it is opened. We will tell you what to take instead.',
  },
  'step.doctor': {
    uz: 'Oʻzingizni yomon his qilsangiz, darhol shifokorga murojaat qiling. Tez yordam: 103.',
    ru: 'Если вам стало хуже, сразу обратитесь к врачу. Скорая помощь: 103.',
    en: 'If you feel unwell, see a doctor at once. Ambulance: 103.',
  },
  'step.continue': {
    uz: 'Davolanishni oʻzingizcha toʻxtatmang: shifokor yoki farmatsevt bilan gaplashing.',
    ru: 'Не прерывайте лечение сами: поговорите с врачом или фармацевтом.',
    en: 'Do not break off your treatment by yourself: speak to a doctor or a pharmacist.',
  },
  pharmacy: { uz: 'Dorixona', ru: 'Аптека', en: 'Pharmacy' },
} satisfies Words;

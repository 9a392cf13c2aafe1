import type { Words } from '../entry.ts';

/** Photos of goods: taken, kept and shown. */
export const webPhotos = {
  take: { uz: 'Suratga olish', ru: 'Сфотографировать', en: 'Take a photo' },
  choose: { uz: 'Fayl tanlash', ru: 'Выбрать файл', en: 'Choose a file' },
  photo: { uz: '{{n}}-surat', ru: 'Фото {{n}}', en: 'Photo {{n}}' },
  remove: { uz: '{{n}}-suratni olib tashlash', ru: 'Убрать фото {{n}}', en: 'Remove photo {{n}}' },
  count: {
    uz: '{{count}} ta surat, koʻpi bilan {{max}} ta',
    ru: {
      one: '{{count}} фото, не больше {{max}}',
      few: '{{count}} фото, не больше {{max}}',
      many: '{{count}} фото, не больше {{max}}',
      other: '{{count}} фото, не больше {{max}}',
    },
    en: { one: '{{count}} photo, {{max}} at most', other: '{{count}} photos, {{max}} at most' },
  },
  keeping: { uz: 'Surat saqlanmoqda…', ru: 'Фото сохраняется…', en: 'Keeping the photo…' },
} satisfies Words;

import type { Words } from '../entry.ts';

/** Words of the local cloud's sign-in pages; in the cloud these pages are Cognito's. */
export const signIn = {
  title: { uz: 'Kim boʻlib kirasiz?', ru: 'Кем вы войдёте?', en: 'Who is signing in?' },
  hint: {
    uz: 'Bu oʻquv maʼlumotlari: parol soʻralmaydi, bu yerda haqiqiy odam yoʻq.',
    ru: 'Это учебные данные: пароль не нужен, настоящих людей здесь нет.',
    en: 'This is demonstration data: no password is asked, and nobody here is real.',
  },
  signOut: { uz: 'Chiqish', ru: 'Выйти', en: 'Sign out' },
  signedOut: { uz: 'Siz chiqdingiz', ru: 'Вы вышли', en: 'You are signed out' },
  wentWrong: { uz: 'Kirib boʻlmadi', ru: 'Войти не удалось', en: 'Signing in did not work' },
  toStart: { uz: 'Boshiga qaytish', ru: 'Вернуться к началу', en: 'Back to the start' },
} satisfies Words;

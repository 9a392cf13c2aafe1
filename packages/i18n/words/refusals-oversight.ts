import type { RefusalCode } from '@darmon/domain/refusal';
import type { RefusalWords } from '../entry.ts';

/** Refusals of closing a month. */
export const oversightRefusals = {
  'period-not-over': {
    title: { uz: 'Bu oy hali tugamagan', ru: 'Этот месяц ещё не закончился', en: 'This month is not over yet' },
    next: {
      uz: 'Oy tugagach yoping.',
      ru: 'Закройте его, когда месяц закончится.',
      en: 'Close it once it is over.',
    },
  },
  'period-out-of-turn': {
    title: { uz: 'Bu oyning navbati emas', ru: 'Сейчас не очередь этого месяца', en: 'It is not this month’s turn' },
    next: {
      uz: 'Oylar ketma-ket yopiladi; roʻyxatdagi keyingi oyni yoping.',
      ru: 'Месяцы закрывают по порядку; закройте следующий в списке.',
      en: 'Months are closed one after the other; close the next one of the list.',
    },
  },
  'period-state': {
    title: { uz: 'Bu bosqichda mumkin emas', ru: 'На этом шаге это невозможно', en: 'Not possible at this step' },
    next: {
      uz: 'Sahifani yangilang va oy qaysi bosqichda ekanini koʻring.',
      ru: 'Обновите страницу и посмотрите, на каком шаге месяц.',
      en: 'Load the page again and see at which step the month is.',
    },
  },
  'period-changed': {
    title: {
      uz: 'Siz boshqa mazmunni koʻrgansiz',
      ru: 'Вы смотрели другое содержимое',
      en: 'You looked at other contents',
    },
    next: {
      uz: 'Sahifani yangilang, hisobotlarni qayta koʻring, keyin davom eting.',
      ru: 'Обновите страницу, просмотрите отчёты снова и продолжите.',
      en: 'Load the page again, look through the reports, then go on.',
    },
  },
  'period-unbalanced': {
    title: { uz: 'Balans mos kelmayapti', ru: 'Баланс не сходится', en: 'A balance does not add up' },
    next: {
      uz: 'Sababini toping va oyni tuzatish bilan qayta hisoblang; izoh bu yerda yetarli emas.',
      ru: 'Найдите причину и пересчитайте месяц исправлением; пояснения здесь недостаточно.',
      en: 'Find out why and have the month reckoned again by a correction; a reason is not enough here.',
    },
  },
  'period-check-unanswered': {
    title: {
      uz: 'Bajarilmagan tekshiruvga izoh berilmagan',
      ru: 'Нет пояснения к непройденной проверке',
      en: 'A check that does not hold has no reason',
    },
    next: {
      uz: 'Har bir bajarilmagan tekshiruvga sabab yozing.',
      ru: 'Укажите причину у каждой непройденной проверки.',
      en: 'Give a reason for each check that does not hold.',
    },
  },
  'period-not-packaged': {
    title: { uz: 'Toʻplam hali tayyor emas', ru: 'Пакет ещё не готов', en: 'The package is not ready yet' },
    next: {
      uz: 'Bir daqiqa kuting va yana yuboring.',
      ru: 'Подождите минуту и отправьте снова.',
      en: 'Wait a minute, then send it again.',
    },
  },
  'case-state': {
    title: {
      uz: 'Ishning bu holatida mumkin emas',
      ru: 'В этом состоянии дела это невозможно',
      en: 'Not possible in this state of the case',
    },
    next: {
      uz: 'Sahifani yangilang va ish hozir qaysi holatda ekanini koʻring.',
      ru: 'Обновите страницу и посмотрите, в каком состоянии дело.',
      en: 'Load the page again and see how the case stands.',
    },
  },
  'case-not-yours': {
    title: { uz: 'Ish boshqa tekshiruvchida', ru: 'Дело ведёт другой человек', en: 'Somebody else has this case' },
    next: {
      uz: 'Avval ishni oʻz zimmangizga oling.',
      ru: 'Сначала примите дело на себя.',
      en: 'Take the case first.',
    },
  },
  'look-first': {
    title: {
      uz: 'Bemorning tarixi sababsiz ochilmaydi',
      ru: 'История пациента не открывается без причины',
      en: 'A patient’s trail does not open without a reason',
    },
    next: {
      uz: 'Bemorni qaytadan toping va sababini yozing: bir soatga ochiladi.',
      ru: 'Найдите пациента заново и укажите причину: откроется на час.',
      en: 'Find the patient again and say why: it opens for an hour.',
    },
  },
} satisfies Partial<Record<RefusalCode, RefusalWords>>;

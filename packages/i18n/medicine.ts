/** A medicine's name as a person of each language reads and types it. */
import type { Form, Medicine } from '@darmon/domain/medicine';
import type { Language } from './language.ts';
import { translatorOf } from './translator.ts';
import { medicine as words } from './words/medicine.ts';

const translator = translatorOf({ medicine: words });

/** The INN. Cyrillic Uzbek uses the Russian spelling, which is what stands on packs. */
export const innText = (medicine: Pick<Medicine, 'inn' | 'innRu' | 'innUz'>, language: Language): string => {
  if (language === 'en') return medicine.inn;
  return language === 'uz-Latn' ? medicine.innUz : medicine.innRu;
};

export const formText = (form: Form, language: Language): string => translator(language)(`medicine:form.${form}`);

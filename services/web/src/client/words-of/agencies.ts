/** Words of the book of agencies. */
import { wordsIn, type Said } from '../words.ts'

export const AGENCIES = {
  find: ['Ведомство, контакт или адрес', 'Ведомство, байланыс немесе мекенжай', 'Agency, contact or address'],
  kind: ['Вид', 'Түрі', 'Kind'],
  territory: ['Территория', 'Аумақ', 'Territory'],
  all: ['Все', 'Барлығы', 'All'],
  found: ['Найдено', 'Табылды', 'Found'],
  nothing: [
    'Ничего не найдено. Проверьте написание или снимите отбор.',
    'Ештеңе табылмады. Жазылуын тексеріңіз немесе іріктеуді алып тастаңыз.',
    'Nothing was found. Check the spelling or clear the filter.',
  ],
  clear: ['Снять отбор', 'Іріктеуді алып тастау', 'Clear the filter'],
  more: ['Показать еще', 'Тағы көрсету', 'Show more'],
  contacts: ['контактов', 'байланыс', 'contacts'],
  files: ['файлы можно', 'файл жіберуге болады', 'files allowed'],
  inRussian: ['письма по-русски', 'хаттар орысша', 'letters in Russian'],
  inKazakh: ['письма по-казахски', 'хаттар қазақша', 'letters in Kazakh'],
  inEnglish: ['письма по-английски', 'хаттар ағылшынша', 'letters in English'],
  outOf: ['из', '/', 'of'],
  table: ['Скачать или загрузить таблицей', 'Кестемен жүктеп алу немесе жүктеу', 'Download or upload as a table'],
} as const satisfies Record<string, Said>

export const agencyWords = wordsIn(AGENCIES)

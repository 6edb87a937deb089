/** Words of what is printed: forms filled and blank, sheets of a case, journals. */
import { wordsIn, type Said } from '../words.ts'

export const PAPERS = {
  title: ['Печать', 'Басып шығару', 'Print'],
  readPdf: ['Скачать PDF', 'PDF жүктеу', 'Download as PDF'],
  readDocx: ['Скачать DOCX', 'DOCX жүктеу', 'Download as DOCX'],
  reach: ['Лист для семьи «Как с нами связаться»', '«Бізге қалай хабарласуға болады» парағы', 'Sheet for the family: how to reach us'],
  russian: ['на русском', 'орысша', 'in Russian'],
  kazakh: ['на казахском', 'қазақша', 'in Kazakh'],
  english: ['на английском', 'ағылшынша', 'in English'],
  blanks: ['Пустые бланки', 'Бос бланкілер', 'Blank forms'],
  blanksLead: [
    'Распечатайте бланк и заполните от руки, когда нет компьютера или связи.',
    'Компьютер не байланыс болмағанда, бланкіні басып шығарып, қолмен толтырыңыз.',
    'Print a form and fill it by hand where there is no computer or no line.',
  ],
  blankWhich: ['Какой бланк', 'Қай бланк', 'Which form'],
  journalPdf: ['Печать журнала (PDF)', 'Журналды басып шығару (PDF)', 'Print the journal (PDF)'],
} as const satisfies Record<string, Said>

export const paperWords = wordsIn(PAPERS)

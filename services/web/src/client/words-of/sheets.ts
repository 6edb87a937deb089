/** Words of single entries of the journals and of the sheets of an edition. */
import { wordsIn, type Said } from '../words.ts'

export const SHEETS = {
  entry: ['Запись', 'Жазба', 'Entry'],
  struckOut: ['Запись вычеркнута как ошибочная', 'Жазба қате деп сызып тасталды', 'The entry is struck out as made in error'],
  strike: ['Вычеркнуть запись', 'Жазбаны сызып тастау', 'Strike the entry out'],
  strikeLead: [
    'Записи не правят и не стирают: ошибочную вычеркивают с причиной, она остается видна, а верную записывают заново.',
    'Жазба түзетілмейді және өшірілмейді: қатесі себебімен сызып тасталады, көрініп тұрады, ал дұрысы қайта жазылады.',
    'Entries are neither altered nor erased: one in error is struck out with the reason and stays visible, the right one is written anew.',
  ],
  writeAnew: ['Записать заново', 'Қайта жазу', 'Write it anew'],
  anew: [
    'Поля взяты из вычеркнутой записи. Исправьте, что было неверно.',
    'Өрістер сызып тасталған жазбадан алынды. Қате болғанын түзетіңіз.',
    'The fields are those of the entry that was struck out. Put right what was wrong.',
  ],
  asRequest: ['Зарегистрировать обращение', 'Өтінішті тіркеу', 'Register a help request'],
  asRequestLead: [
    'Выявленное можно сразу оформить как обращение: адрес и основание перейдут в форму.',
    'Анықталғанды бірден өтініш ретінде рәсімдеуге болады: мекенжай мен негіз нысанға көшеді.',
    'What was found can become a help request at once: address and ground go over into the form.',
  ],
  fromFinding: [
    'Обращение по записи журнала профилактической работы. Адрес и основание взяты из нее.',
    'Алдын алу жұмысы журналының жазбасы бойынша өтініш. Мекенжай мен негіз содан алынды.',
    'A request from an entry in the journal of preventive work. Address and ground are taken from it.',
  ],
  findingGround: [
    'Выявлено при профилактической работе (запись № {n} от {day})',
    'Алдын алу жұмысында анықталды ({day} № {n} жазба)',
    'Found in preventive work (entry No. {n} of {day})',
  ],
  references: ['На чем основан регламент', 'Регламент неге негізделген', 'What the procedure rests on'],
  changes: ['Изменения в редакции', 'Редакциядағы өзгерістер', 'Changes in the edition'],
  changesMade: ['Записано изменений', 'Жазылған өзгеріс', 'Changes written down'],
  noChanges: ['Изменений не записано.', 'Өзгеріс жазылмаған.', 'No change is written down.'],
  addChange: ['Записать изменение', 'Өзгерісті жазу', 'Write down a change'],
  byName: ['Поименно', 'Аты-жөні бойынша', 'By name'],
  wholeSheet: ['Весь лист', 'Бүкіл парақ', 'The whole sheet'],
  newestEdition: ['Действует сейчас', 'Қазір қолданылады', 'In force now'],
  comingEdition: ['Вступит в силу', 'Күшіне енеді', 'Comes into force'],
} as const satisfies Record<string, Said>

export const sheetWords = wordsIn(SHEETS)

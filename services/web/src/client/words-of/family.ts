/** Words of the page of the family; those of the drawings stand in libs/contract. */
import { drawnWords } from '@tirek/contract/family/words'
import type { Lang } from '@tirek/contract/roles'
import { wordsIn, type Said } from '../words.ts'

export const FAMILY = {
  title: ['Семья', 'Отбасы', 'Family'],
  none: [
    'Семья еще не нарисована. Начните с ребенка: добавьте мать, отца и всех, с кем он живет.',
    'Отбасы әлі салынған жоқ. Баладан бастаңыз: анасын, әкесін және бірге тұратындардың бәрін қосыңыз.',
    'The family is not drawn yet. Begin with the child: add mother, father and all who live in the home.',
  ],
  noneRead: ['Семья еще не нарисована.', 'Отбасы әлі салынған жоқ.', 'The family is not drawn yet.'],
  begin: ['Нарисовать семью', 'Отбасын салу', 'Draw the family'],
  edit: ['Изменить рисунок', 'Суретті өзгерту', 'Edit the drawing'],
  picture: ['Что показать', 'Нені көрсету', 'What to show'],
  shown: ['Рисунок на день', 'Қай күнгі сурет', 'Drawing as of'],
  compare: ['Сравнить с', 'Немен салыстыру', 'Compare with'],
  alone: ['не сравнивать', 'салыстырмау', 'do not compare'],
  before: ['Было', 'Бұрын', 'Before'],
  now: ['Стало', 'Қазір', 'Now'],
  changed: ['Что изменилось', 'Не өзгерді', 'What has changed'],
  unchanged: ['Ничего не изменилось.', 'Ештеңе өзгерген жоқ.', 'Nothing has changed.'],
  came: ['Появилось', 'Қосылды', 'Came'],
  went: ['Больше нет', 'Енді жоқ', 'Is no more'],
  became: ['Стало иначе', 'Басқаша болды', 'Became otherwise'],
  names: ['Имена на рисунке', 'Суреттегі есімдер', 'Names on the drawing'],
  saveSvg: ['Скачать SVG', 'SVG жүктеу', 'Download SVG'],
  savePng: ['Скачать PNG', 'PNG жүктеу', 'Download PNG'],
  savePdf: ['PDF с таблицей', 'Кестесімен PDF', 'PDF with its table'],
  chosen: ['Выбрано', 'Таңдалды', 'Chosen'],
  chooseHint: [
    'Нажмите на человека или линию на рисунке или на строку таблицы. Людей можно двигать; потяните от точки под человеком к другому, чтобы связать их.',
    'Суреттегі адамды, сызықты немесе кесте жолын басыңыз. Адамдарды жылжытуға болады; байланыстыру үшін адам астындағы нүктеден екінші адамға тартыңыз.',
    'Press a person or a line on the drawing, or a row of the table. People can be moved; drag from the dot under a person to another to relate them.',
  ],
  touchHint: [
    'На телефоне: двумя пальцами рисунок сдвигается и увеличивается. Все то же можно сделать без рисунка: кнопками ниже и строками таблицы.',
    'Телефонда: екі саусақпен сурет жылжиды және үлкейеді. Осының бәрін суретсіз де жасауға болады: төмендегі батырмалармен және кесте жолдарымен.',
    'On a phone: two fingers move and enlarge the drawing. All of it can be done without the drawing too: by the buttons below and by the rows of the table.',
  ],
  addParent: ['Добавить родителя', 'Ата-анасын қосу', 'Add a parent'],
  addPartner: ['Добавить супруга или партнера', 'Жұбайын не серігін қосу', 'Add a partner'],
  addChild: ['Добавить ребенка', 'Баласын қосу', 'Add a child'],
  addSibling: ['Добавить брата или сестру', 'Бауырын қосу', 'Add a brother or sister'],
  addMember: ['Добавить человека', 'Адам қосу', 'Add a person'],
  addSystem: ['Добавить в окружение', 'Ортаға қосу', 'Add to the surroundings'],
  addTie: ['Добавить связь', 'Байланыс қосу', 'Add a tie'],
  relate: ['Связать с', 'Байланыстыру', 'Relate to'],
  howRelated: ['Как связаны', 'Қалай байланысты', 'How they are related'],
  relateButton: ['Связать', 'Байланыстыру', 'Relate'],
  isParentOf: ['родитель', 'ата-анасы', 'parent'],
  isChildOf: ['ребенок', 'баласы', 'child'],
  couple: ['пара', 'жұп', 'couple'],
  putBack: ['Вернуть на место', 'Орнына қайтару', 'Put back in place'],
  remove: ['Убрать', 'Алып тастау', 'Take away'],
  undo: ['Отменить последнее', 'Соңғысын қайтару', 'Undo the last change'],
  editRow: ['Изменить: {who}', 'Өзгерту: {who}', 'Edit: {who}'],
  change: ['Изменить', 'Өзгерту', 'Edit'],
  asOfHint: [
    'Тот же день заменит рисунок этого дня. Другой день сохранит прежний рисунок, чтобы сравнить.',
    'Сол күн көрсетілсе, сол күнгі сурет ауыстырылады. Басқа күн көрсетілсе, бұрынғы сурет салыстыру үшін сақталады.',
    'The same day replaces the drawing of that day. Another day keeps the earlier drawing to compare with.',
  ],
  doubts: ['Проверьте', 'Тексеріңіз', 'Please check'],
  doubtParent: [
    '{a} старше ребенка ({b}) меньше чем на 12 лет',
    '{a} баладан ({b}) 12 жастан аз үлкен',
    '{a} is less than 12 years older than the child ({b})',
  ],
  doubtDeath: ['{a}: год смерти раньше года рождения', '{a}: қайтыс болған жылы туған жылынан бұрын', '{a}: died before being born'],
  zoomIn: ['Крупнее', 'Үлкейту', 'Larger'],
  zoomOut: ['Мельче', 'Кішірейту', 'Smaller'],
  fit: ['Показать все', 'Бәрін көрсету', 'Show all'],
  move: ['Enter выбирает, стрелки двигают.', 'Enter таңдайды, бағыттама пернелер жылжытады.', 'Enter chooses, arrow keys move.'],
  tooWide: ['Рисунок можно прокрутить', 'Суретті жылжытып қарауға болады', 'The drawing can be scrolled'],
  fileGenogram: ['Генограмма', 'Генограмма', 'Genogram'],
  fileEcomap: ['Экокарта', 'Экокарта', 'Ecomap'],
} as const satisfies Record<string, Said>

const pageWords = wordsIn(FAMILY)
/** Those of the page, and those of the drawings and their tables, which papers say too. */
export const familyWords = (lang: Lang) => ({ ...drawnWords(lang), ...pageWords(lang) })
export type FamilyWords = ReturnType<typeof familyWords>

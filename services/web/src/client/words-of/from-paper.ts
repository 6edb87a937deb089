/** Words of the page on which a case that was led on paper is entered. */
import type { PaperGroup } from '../paper-stages.ts'
import { wordsIn, type Said } from '../words.ts'

export const FROM_PAPER = {
  lead: [
    'Для случая, который уже вели на бумаге. О новом ребенке или новой беде:',
    'Қағазда жүргізіліп келген іске арналған. Жаңа бала не жаңа мәселе туралы:',
    'For a case that was led on paper so far. Of a new child, or a new trouble:',
  ],
  who: ['Чей случай', 'Кімнің ісі', 'Whose case'],
  stands: ['На каком этапе дело', 'Іс қай кезеңде', 'Where the case stands'],
  whatWas: ['Что уже было', 'Не болды', 'What has happened'],
  whatWasLead: [
    'От этих дней система считает сроки. Обязателен только день регистрации: чего не знаете, оставьте пустым.',
    'Жүйе мерзімдерді осы күндерден есептейді. Тек тіркелген күні міндетті: білмейтініңізді бос қалдырыңыз.',
    'Terms are counted from these days. Only the day of registration is required: leave empty what you do not know.',
  ],
  chooseStage: [
    'Выберите этап: здесь появится то, что к нему относится.',
    'Кезеңді таңдаңыз: оған қатысты нәрсе осында шығады.',
    'Choose the stage: what belongs to it appears here.',
  ],
  before: ['Дни прежних этапов', 'Алдыңғы кезеңдердің күндері', 'Days of earlier stages'],
  leftOut: [
    'К этому этапу не относится и не отправится',
    'Бұл кезеңге жатпайды және жіберілмейді',
    'Does not belong to this stage and is not sent',
  ],
  save: ['Внести дело', 'Істі енгізу', 'Enter the case'],
} as const satisfies Record<string, Said>

export const PAPER_TITLES = {
  registration: ['Регистрация', 'Тіркеу', 'Registration'],
  assessment: ['Комплексная оценка', 'Кешенді бағалау', 'Comprehensive assessment'],
  plan: ['План и пересмотр', 'Жоспар және қайта қарау', 'Plan and review'],
  monitoring: ['Закрытие и мониторинг', 'Жабу және мониторинг', 'Closure and monitoring'],
  living: ['Дом', 'Үйі', 'Home'],
  contacts: ['Последние контакты', 'Соңғы байланыстар', 'Last contacts'],
} as const satisfies Record<PaperGroup, Said>

export const fromPaperWords = wordsIn(FROM_PAPER)
export const paperTitles = wordsIn(PAPER_TITLES)

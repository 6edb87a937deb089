/** Words of a form that cannot be recorded now: why not, and what comes first. `{stage}`, `{wanted}`: names of stages. */
import type { Bar, Place } from '../comes-first.ts'
import { wordsIn, WORDS, type Said } from '../words.ts'

export const COMES_FIRST = {
  title: ['Сейчас это не записать', 'Қазір мұны жазуға болмайды', 'This cannot be recorded now'],
  comesFirst: ['Сначала', 'Алдымен', 'First'],
  ifBack: ['Если проблемы вернулись', 'Мәселелер қайталанса', 'If the trouble is back'],
  byAnother: ['записывает другой сотрудник', 'басқа қызметкер жазады', 'recorded by somebody else'],
  stands: ['Как обстоит дело', 'Қазіргі күйі', 'How it stands'],
  whatElse: ['Что можно записать сейчас', 'Қазір не жазуға болады', 'What can be recorded now'],
  rolesAre: ['Записывают', 'Жазатындар', 'Recorded by'],
  leads: ['Случай ведет', 'Істі жүргізуші', 'The case is led by'],
  keptDraft: [
    'Введенное раньше не потеряно, оно ниже.',
    'Бұрын енгізілгені жоғалған жоқ, ол төменде.',
    'What was typed before is not lost, it stands below.',
  ],
} as const satisfies Record<string, Said>

export const WHY = {
  opensCase: [
    'С этого начинается новое дело, в уже открытое это не записывают.',
    'Бұдан жаңа іс басталады, ашық іске жазылмайды.',
    'A new case begins with it; it is not recorded in one that is open.',
  ],
  ofOffer: [
    'На предложение дела отвечает организация, которой его предложили.',
    'Іс ұсынысына ол ұсынылған ұйым жауап береді.',
    'An offered file is answered by the organisation that it is offered to.',
  ],
  ofRoles: ['Ваша роль этого не записывает.', 'Сіздің рөліңіз мұны жазбайды.', 'Your role does not record this.'],
  ofOthers: [
    'По этому случаю это записываете не вы.',
    'Бұл іс бойынша мұны сіз жазбайсыз.',
    'On this case it is not you who records this.',
  ],
  stageLater: [
    'Случай на этапе «{stage}», а это записывают на этапе «{wanted}».',
    'Іс «{stage}» кезеңінде, ал бұл «{wanted}» кезеңінде жазылады.',
    'The case is at the stage “{stage}”; this is recorded at the stage “{wanted}”.',
  ],
  stagePast: [
    'Случай на этапе «{stage}»: этап «{wanted}» уже пройден.',
    'Іс «{stage}» кезеңінде: «{wanted}» кезеңі өтіп кетті.',
    'The case is at the stage “{stage}”: the stage “{wanted}” is over.',
  ],
  ended: ['Случай завершен (CP-63).', 'Іс аяқталған (CP-63).', 'The case has ended (CP-63).'],
  endedForGood: [
    'Случай завершен и снова не открывается.',
    'Іс аяқталған және қайта ашылмайды.',
    'The case has ended and is not opened again.',
  ],
  notClosed: [
    'Дело не закрыто: новую опасность записывают степенью риска (CP-10).',
    'Іс жабылмаған: жаңа қауіп қауіп деңгейімен жазылады (CP-10).',
    'The case is not closed: a new danger is recorded by its level of risk (CP-10).',
  ],
  noHour: [
    'Часа срочных мер по случаю не было: он начинается с высокого риска (CP-10).',
    'Іс бойынша шұғыл шаралар сағаты болған жоқ: ол жоғары қауіптен басталады (CP-10).',
    'No hour of urgent measures was run on this case: it begins with high risk (CP-10).',
  ],
  hourOpen: ['Идет час срочных мер (CP-11).', 'Шұғыл шаралар сағаты жүріп жатыр (CP-11).', 'An hour of urgent measures runs (CP-11).'],
  closurePending: [
    'Завершение уже предложено и ждет решения.',
    'Аяқтау ұсынылған, шешімді күтуде.',
    'Closure was asked for already and waits for a decision.',
  ],
  closureNotAsked: [
    'Завершение никто не предложил: решать пока нечего.',
    'Аяқтауды ешкім ұсынған жоқ: шешетін ештеңе жоқ.',
    'Nobody has asked for closure: there is nothing to decide yet.',
  ],
  takenAlready: [
    'Случай уже принят социальным работником.',
    'Істі әлеуметтік қызметкер қабылдап қойған.',
    'The case was taken by a social worker already.',
  ],
  noMeasure: ['В плане еще нет мер.', 'Жоспарда әлі шара жоқ.', 'The plan has no measures yet.'],
  noMeeting: [
    'Нет совещания, протокол которого ждет утверждения.',
    'Хаттамасы бекітуді күтіп тұрған кеңес жоқ.',
    'There is no meeting whose protocol waits for approval.',
  ],
  noRequest: ['Нет запроса, который ждет ответа.', 'Жауап күтіп тұрған сұрау жоқ.', 'There is no request that waits for an answer.'],
  noReferral: [
    'Нет направления, которое ждет ответа.',
    'Жауап күтіп тұрған жолдама жоқ.',
    'There is no referral that waits for an answer.',
  ],
  noAssessment: [
    'Комплексная оценка сейчас не идет.',
    'Кешенді бағалау қазір жүріп жатқан жоқ.',
    'No comprehensive assessment is under way.',
  ],
  noConsent: ['Согласия, которое можно отозвать, нет.', 'Қайтарып алатын келісім жоқ.', 'There is no consent to withdraw.'],
  notOffered: ['Дело никому не предложено.', 'Іс ешкімге ұсынылған жоқ.', 'The file is offered to nobody.'],
  offeredAlready: [
    'Дело уже предложено другой организации и ждет ее ответа.',
    'Іс басқа ұйымға ұсынылған, жауабын күтуде.',
    'The file is offered to another organisation already and waits for its answer.',
  ],
  nobodyInvited: ['Никого не приглашали к этому случаю.', 'Бұл іске ешкім шақырылған жоқ.', 'Nobody was invited to this case.'],
} as const satisfies Record<Bar['why'], Said>

export const PLACES = {
  new: WORDS.newRequest,
  'from-paper': WORDS.fromPaper,
  'hand-overs': ['Предложенные дела', 'Ұсынылған істер', 'Files offered'],
  hour: ['Открыть час', 'Сағатты ашу', 'Open the hour'],
  meetings: WORDS.meetings,
  referrals: ['Направления', 'Жолдамалар', 'Referrals'],
} as const satisfies Record<Place, Said>

export const comesFirstWords = wordsIn(COMES_FIRST)
export const whyWords = wordsIn(WHY)
export const placeWords = wordsIn(PLACES)

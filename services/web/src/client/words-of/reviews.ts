/** Words of the pages of reviews (CP-50 to CP-55). */
import { wordsIn, type Said } from '../words.ts'

export const REVIEWS = {
  title: ['Пересмотр плана', 'Жоспарды қайта қарау', 'Review of the plan'],
  nth: ['Пересмотр №', 'Қайта қарау №', 'Review no.'],
  due: ['провести до', 'өткізу мерзімі', 'hold by'],
  call: ['Созвать пересмотр', 'Қайта қарауды шақыру', 'Call the review'],
  calledAlready: ['Пересмотр уже составлен или созван', 'Қайта қарау құрылған не шақырылған', 'The review is drafted or called already'],
  openIt: ['Открыть', 'Ашу', 'Open it'],
  filled: [
    'Приглашенные и место взяты с прошлого совещания, день из срока пересмотра. Проверьте и исправьте.',
    'Шақырылғандар мен орын өткен кеңестен, күн қайта қарау мерзімінен алынды. Тексеріп, түзетіңіз.',
    'People and place are those of the last meeting, the day is that of the review. Check them and put them right.',
  ],
  filledFirst: [
    'День взят из срока пересмотра, ведомства из плана. Проверьте и исправьте.',
    'Күн қайта қарау мерзімінен, ведомстволар жоспардан алынды. Тексеріп, түзетіңіз.',
    'The day is that of the review, the agencies are those of the plan. Check them and put them right.',
  ],
  agendaPlan: ['Как выполнен план', 'Жоспар қалай орындалды', 'How the plan was carried out'],
  agendaDecision: ['Решение и изменения плана', 'Шешім және жоспардағы өзгерістер', 'Decision and changes to the plan'],
  agendaNext: ['День следующего пересмотра', 'Келесі қайта қарау күні', 'Day of the next review'],
  coordinator: ['Координатор', 'Үйлестіруші', 'Coordinator'],
  report: ['Отчет ведущего случай', 'Іс жүргізушінің есебі', 'Report of the case manager'],
  reportThere: ['сдан', 'тапсырылды', 'handed in'],
  reportMissing: ['еще не сдан', 'әлі тапсырылған жоқ', 'not handed in yet'],
  reportWrite: ['Составить отчет', 'Есеп жасау', 'Write the report'],
  sheet: ['Лист плана', 'Жоспар парағы', 'Sheet of the plan'],
  follows: ['Что следует из решения', 'Шешімнен не шығады', 'What follows from the decision'],
  doBy: ['сделать до', 'орындау мерзімі', 'to be done by'],
  late: ['срок прошел', 'мерзімі өтті', 'is overdue'],
  done: ['Решение выполнено.', 'Шешім орындалды.', 'What was decided is done.'],
  plan: ['Составить новую версию плана', 'Жоспардың жаңа нұсқасын жасау', 'Make the new version of the plan'],
  referral: ['Подготовить направление в комиссию', 'Комиссияға жолдама дайындау', 'Prepare the referral to the commission'],
  closure: ['Предложить закрытие', 'Жабуды ұсыну', 'Ask for closure'],
  held: ['Прежние пересмотры', 'Бұрынғы қайта қараулар', 'Reviews before'],
  reportFilled: [
    'Заполнено из записей случая. По каждой мере укажите, выполнена ли она и помогла ли.',
    'Іс жазбаларынан толтырылды. Әр шара бойынша орындалғанын және көмектескенін көрсетіңіз.',
    'Filled from the record. Say of each measure whether it was done and whether it worked.',
  ],
  measures: ['Меры плана', 'Жоспар шаралары', 'Measures of the plan'],
  need: ['Потребность', 'Қажеттілік', 'Need'],
  by: ['до', 'мерзімі', 'by'],
} as const satisfies Record<string, Said>

export const reviewWords = wordsIn(REVIEWS)

/** Words of the page on which one chooses what to record. */
import { wordsIn, type Said } from '../words.ts'

export const ACT_WORDS = {
  awaited: ['Этого ждет срок', 'Мұны мерзім күтеді', 'A term waits for it'],
  danger: ['Опасность и степень риска', 'Қауіп және оның деңгейі', 'Danger and level of risk'],
  support: ['Контакты и жизнь семьи', 'Байланыстар және отбасы өмірі', 'Contacts and the family'],
  plan: ['Оценка, план, пересмотр', 'Бағалау, жоспар, қайта қарау', 'Assessment, plan, review'],
  together: [
    'С другими: встречи, запросы, направления',
    'Басқалармен: кездесулер, сұраулар, жолдамалар',
    'With others: meetings, requests, referrals',
  ],
  end: ['Завершение и мониторинг', 'Аяқтау және мониторинг', 'Closure and monitoring'],
  rights: ['Согласие и права семьи', 'Келісім және отбасы құқықтары', 'Consent and rights of the family'],
  file: ['Кто ведет, передача, исправления', 'Кім жүргізеді, тапсыру, түзету', 'Who leads it, hand-over, corrections'],
} as const satisfies Record<string, Said>

export const actWords = wordsIn(ACT_WORDS)

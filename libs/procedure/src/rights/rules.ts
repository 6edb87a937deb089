/** Rights of the people whose data a case holds: our own rules (the official texts are silent), by their own ids beside those of the procedure. */
import { rule, type Rule } from '../child-protection/rules/row.ts'

// oxfmt-ignore
export const RIGHTS_RULES = {
  'RT-01': rule('practice', 'Согласие записывают с редакцией текста, целью и представителем ребенка', 'Келісім мәтіннің редакциясымен, мақсатымен және бала өкілімен жазылады', 'Consent is recorded with the version of its text, its purpose and the child’s representative'),
  'RT-02': rule('practice', 'Высокий риск, срочные меры и обязанности по закону согласия не ждут', 'Жоғары қауіп, шұғыл шаралар және заң міндеттері келісімді күтпейді', 'High risk, urgent measures and legal duties do not wait for consent'),
  'RT-03': rule('practice', 'Пока действует отказ, без обязанности данные не передают и план не подписывают', 'Бас тарту күшінде тұрғанда міндетсіз дерек берілмейді, жоспарға қол қойылмайды', 'While a refusal stands nothing is shared without a duty and no plan is signed'),
  'RT-04': rule('practice', 'Согласия нет - предупреждение, а не запрет', 'Келісім жоқ - ескерту, тыйым емес', 'No consent recorded: a warning, not a block'),
  'RT-10': rule('practice', 'Все, что хранится о человеке, выдают по записанной просьбе после проверки личности', 'Адам туралы сақталғанның бәрі жазылған өтініш бойынша, жеке басы тексерілген соң беріледі', 'All that is held on a person is given on a recorded request, after the identity was checked'),
  'RT-11': rule('practice', 'Кто сообщил и где ребенка укрывают, в выдачу не входит', 'Кім хабарлағаны және бала қайда жасырылғаны берілмейді', 'Who reported, and where a child is kept safe, is left out of what is given'),
  'RT-20': rule('practice', 'Неверные данные исправляют с причиной и источником; прежнее остается в записи', 'Қате дерек себебі мен көзі көрсетіліп түзетіледі; бұрынғысы жазбада қалады', 'Wrong data are corrected with reason and source; what was stays in the act'),
  'RT-21': rule('practice', 'Отказ исправить записывают с причиной и возражением семьи', 'Түзетуден бас тарту себебімен және отбасының қарсылығымен жазылады', 'A refused correction is recorded with its reason and the family’s objection'),
  'RT-30': rule('practice', 'После срока хранения данные стирают с согласия руководителя; след остается', 'Сақтау мерзімінен соң дерек басшының келісімімен өшіріледі; із қалады', 'After its term data are erased with the head’s approval; the trail stays'),
  'RT-31': rule('practice', 'Незавершенный случай не стирают; рецидив начинает срок заново', 'Аяқталмаған іс өшірілмейді; қайталану мерзімді жаңадан бастайды', 'A case that has not ended is never erased; a relapse begins the term anew'),
  'RT-32': rule('practice', 'Запрос суда или прокуратуры останавливает стирание', 'Сот немесе прокуратура сұрауы өшіруді тоқтатады', 'A court’s or prosecutor’s hold stops erasure'),
} as const satisfies Record<string, Rule>

export type RightsRuleId = keyof typeof RIGHTS_RULES

/** Stage 2: urgent measures (high) or primary assessment (medium, low). */
import { rule, type Rule } from './row.ts'

// oxfmt-ignore
export const STAGE_2 = {
  'CP-10': rule('stage 1 "within one hour"; start moment and escalation steps: practice', 'Один час от получения сообщения до согласованных срочных мер', 'Хабарлама алынғаннан келісілген шұғыл шараларға дейін бір сағат', 'One hour from receiving the report to agreed urgent measures'),
  'CP-11': rule('stage 2; practice', 'Час закрывают доказательства: меры согласованы, полиция и ювенальная инспекция извещены', 'Сағатты дәлел жабады: шаралар келісілген, полиция мен ювеналды инспекцияға хабарланған', 'The hour is closed by evidence: measures agreed, police and juvenile inspection informed'),
  'CP-12': rule('stage 2', 'Записывают, какая это ситуация: улица, роддом, насилие', 'Қандай жағдай екені жазылады: көше, перзентхана, зорлық-зомбылық', 'Which urgent situation it is, is recorded'),
  'CP-13': rule('stage 2', 'Работник организует срочные извещения и участвует в помещении ребенка', 'Қызметкер шұғыл хабарлауды ұйымдастырып, баланы орналастыруға қатысады', 'The worker organises urgent notices and takes part in placing the child'),
  'CP-14': rule('stage 2', 'Временную опеку начинает социальный работник дома ребенка', 'Уақытша қорғаншылықты балалар үйінің әлеуметтік қызметкері бастайды', 'The children’s home’s social worker starts temporary guardianship'),
  'CP-15': rule('stage 2; reminder: practice', 'Форма устройства задает график контактов; пока ее не сообщили, работник спрашивает', 'Орналастыру нысаны байланыс кестесін белгілейді; хабарланғанша қызметкер сұрайды', 'The form of care sets the contact schedule; until told, the worker asks'),
  'CP-16': rule('stage 2', 'Первичная оценка: подтвердилось или нет', 'Бастапқы бағалау: расталды не расталмады', 'Primary assessment: confirmed or not confirmed'),
  'CP-17': rule('§6; stage 2', 'Состав личного дела; хранит и отвечает ведущий случай', 'Жеке істің құрамы; іс жүргізуші сақтайды әрі жауап береді', 'What the personal file holds; the case manager keeps it'),
  'CP-18': rule('stages 2, 3; STD-153 §11', 'Супервизор распределяет случаи; сверх нормы нужна причина', 'Супервайзер істерді бөледі; нормадан асса себебі керек', 'The supervisor distributes cases; above the norm a reason is asked'),
  'CP-19': rule('stage 2; record of reading: practice', 'Дела конфиденциальны: видят только участники, каждое чтение записывается', 'Істер құпия: тек қатысушылар көреді, әр оқу жазылады', 'Files are confidential; every reading is recorded'),
  'CP-111': rule('stage 1; no-grounds case: practice', 'Срочных мер не нужно: только с согласия супервизора и причиной, в тот же час', 'Шұғыл шара керек емес десе: супервайзердің келісімі мен себебі, сол сағатта', 'No grounds for urgent measures: agreed with the supervisor, with a reason, within the hour'),
  'CP-112': rule('stage 3', 'Записывают, когда ребенок в безопасности и кто подтвердил; затем оценка', 'Баланың қашан қауіпсіз болғаны, кім растағаны жазылады; содан соң бағалау', 'When the child is safe and who confirmed it is recorded; only then the assessment'),
  'CP-113': rule('stage 2; stage 3; record and warnings: practice', 'Запись о местонахождении: форма, лицо или учреждение, решение, с какого дня', 'Орналасқан жері: нысаны, адам не мекеме, шешім, қай күннен', 'Placement record: form of care, person or institution, decision, from and to'),
  'CP-114': rule('stage 2; check: practice', 'Пока ребенок вне семьи, план готовит его возвращение', 'Бала отбасынан тыс кезде жоспар оның оралуын дайындайды', 'While the child is out of the family the plan prepares the return'),
  'CP-115': rule('practice', 'Насилие в учреждении: его не предлагают, его людям доступа нет', 'Мекемедегі зорлық: ол ұсынылмайды, адамдарына рұқсат жоқ', 'Violence in an institution: it is not offered, its people get no access'),
  'CP-116': rule('practice', 'Срок первичной оценки назначает организация: средний 3, низкий 10 рабочих дней', 'Бастапқы бағалау мерзімін ұйым белгілейді: орташа 3, төмен 10 жұмыс күні', 'Term of the primary assessment set by the organisation: medium 3, low 10 working days'),
  'CP-117': rule('practice', 'Неподтвержденное обращение остается в поиске, прежние видны', 'Расталмаған өтініш іздеуде қалады, бұрынғылары көрінеді', 'An unconfirmed request stays searchable and can be taken up again'),
  'CP-118': rule('§6; stage 2; reminder: practice', 'Запросы пишут; о просроченном ответе напоминают', 'Сұрау салулар жазылады; кешіккен жауап еске салынады', 'Requests are written down; a late answer is reminded'),
} as const satisfies Record<string, Rule>

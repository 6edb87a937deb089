/**
 * Every act of child protection: its form, who may record it, and the fact the procedure counts with. One definition feeds the check,
 * OpenAPI, the pages and the fold.
 */
import type { ActKind, ChildProtectionFacts } from '@tirek/procedure/child-protection/acts'
import type { Text } from '@tirek/procedure/programme'
import { z } from 'zod'
import { AssessmentDecided, AssessmentTermSet, PrimaryAssessmentDone } from './forms/assessment.ts'
import { AssessmentFinished } from './forms/assessment-report.ts'
import { FamilyDrawn } from './forms/family.ts'
import { field, Moment, msOf, Uuid } from './forms/fields.ts'
import { HelpRequest } from './forms/help-request.ts'
import {
  Assigned,
  ChildSafe,
  HandedOver,
  MergedInto,
  MovedToEdition,
  PlacementRecorded,
  RiskAssessed,
  TakenBySocialWorker,
  UrgentMeasuresEvidenced,
  Withdrawn,
} from './forms/risk.ts'
import * as access from './forms/access.ts'
import * as rights from './forms/rights.ts'
import * as support from './forms/support.ts'
import type { Role } from './roles.ts'

/** What `toFact` may know besides the form. `system`: nobody of ours did it. */
export type FactContext = { role: Role | 'system'; organisation: string }

export type ActDefinition<K extends ActKind, F extends z.ZodType = z.ZodType> = {
  form: F
  label: Text
  roles: readonly Role[]
  toFact(form: z.output<F>, context: FactContext): ChildProtectionFacts[K]
}

const WORKERS = ['social-worker', 'psychologist', 'supervisor'] as const
const LEADERS = ['supervisor', 'head'] as const
const TAKERS = ['social-worker', 'psychologist', 'medic', 'supervisor'] as const

const act =
  <K extends ActKind>(_: K) =>
  <F extends z.ZodType>(
    form: F,
    label: [string, string, string],
    roles: readonly Role[],
    toFact: (form: z.output<F>, context: FactContext) => ChildProtectionFacts[K],
  ): ActDefinition<K, F> => ({
    form,
    label: { ru: label[0], kk: label[1], en: label[2] },
    roles,
    toFact,
  })

const at = (moment: string | undefined) => (moment === undefined ? {} : { at: msOf(moment) })
/** Leaves out members that are undefined, so that facts are the same after a round trip through JSON. */
const given = <T extends object>(fact: T): T => Object.fromEntries(Object.entries(fact).filter(([, value]) => value !== undefined)) as T

export const ACTS = {
  'help-request-registered': act('help-request-registered')(
    HelpRequest,
    ['Обращение зарегистрировано', 'Өтініш тіркелді', 'Help request registered'],
    TAKERS,
    (form, { role }) =>
      given({
        reportedAt: msOf(form.reportedAt),
        criteria: form.criteria,
        level: form.level,
        takenByOther: role !== 'social-worker',
        oneOffHelp: form.oneOffHelp,
      }),
  ),
  'taken-by-social-worker': act('taken-by-social-worker')(
    TakenBySocialWorker,
    ['Принято социальным работником', 'Әлеуметтік қызметкер қабылдады', 'Taken over by the social worker'],
    WORKERS,
    (form) => form,
  ),
  'risk-assessed': act('risk-assessed')(
    RiskAssessed,
    ['Степень риска определена', 'Қауіп деңгейі анықталды', 'Risk level set'],
    WORKERS,
    (form) =>
      given({ level: form.level, criteria: form.criteria, receivedAt: at(form.receivedAt).at, signsOfCruelty: form.signsOfCruelty }),
  ),
  'urgent-measures-evidenced': act('urgent-measures-evidenced')(
    UrgentMeasuresEvidenced,
    ['Срочные меры', 'Шұғыл шаралар', 'Urgent measures'],
    [...WORKERS, 'head', 'medic'],
    (form) =>
      given({
        hour: form.hour,
        measuresAgreedAt: at(form.measuresAgreed?.at).at,
        lawEnforcementInformedAt: at(form.lawEnforcement?.at).at,
        juvenileInspectionInformedAt: at(form.juvenileInspection?.at).at,
        noGrounds: form.noGrounds && { agreedAt: msOf(form.noGrounds.agreedAt), level: form.noGrounds.level },
      }),
  ),
  'child-safe': act('child-safe')(
    ChildSafe,
    ['Ребенок в безопасности', 'Бала қауіпсіздікте', 'The child is safe'],
    [...WORKERS, 'head'],
    (form) => ({ placed: form.placed }),
  ),
  'placement-recorded': act('placement-recorded')(
    PlacementRecorded,
    ['Где живет ребенок', 'Бала қайда тұрады', 'Where the child lives'],
    [...WORKERS, 'childrens-home-worker'],
    (form) => given({ placement: form.placement, asParents: form.asParents }),
  ),
  'primary-assessment-done': act('primary-assessment-done')(
    PrimaryAssessmentDone,
    ['Первичная оценка', 'Бастапқы бағалау', 'Primary assessment'],
    WORKERS,
    (form) => given({ outcome: form.outcome, level: form.level }),
  ),
  'assessment-decided': act('assessment-decided')(
    AssessmentDecided,
    ['Решение о комплексной оценке', 'Кешенді бағалау туралы шешім', 'Decision to assess'],
    WORKERS,
    (form) => given({ termDay: form.termDay }),
  ),
  'assessment-term-set': act('assessment-term-set')(
    AssessmentTermSet,
    ['Срок оценки установлен', 'Бағалау мерзімі белгіленді', 'Term of the assessment set'],
    WORKERS,
    (form) => ({ termDay: form.termDay }),
  ),
  'assessment-finished': act('assessment-finished')(
    AssessmentFinished,
    ['Отчет о комплексной оценке', 'Кешенді бағалау есебі', 'Comprehensive assessment report'],
    WORKERS,
    (form) => ({ confirmed: form.confirmed, level: form.level }),
  ),
  'family-drawn': act('family-drawn')(
    FamilyDrawn,
    ['Семья: генограмма и экокарта', 'Отбасы: генограмма және экокарта', 'Family: genogram and ecomap'],
    WORKERS,
    () => ({}),
  ),
  'plan-signed': act('plan-signed')(support.PlanSigned, ['План подписан', 'Жоспарға қол қойылды', 'Plan signed'], WORKERS, (form) => ({
    planVersion: form.planVersion,
    measures: form.measures.map(({ id, due, responsible, person }) => given({ id, due, responsible, person })),
  })),
  'plan-signed-by-family': act('plan-signed-by-family')(
    support.PlanSignedByFamily,
    ['Подпись семьи', 'Отбасының қолы', "Family's signature"],
    WORKERS,
    (form) => ({ signed: form.signed }),
  ),
  'measure-marked': act('measure-marked')(
    support.MeasureMarked,
    ['Отметка о мере', 'Шара туралы белгі', 'Measure marked'],
    WORKERS,
    (form) => ({ measure: form.measure, mark: form.mark }),
  ),
  'contact-made': act('contact-made')(support.ContactMade, ['Контакт', 'Байланыс', 'Contact'], [...WORKERS, 'medic'], (form) => ({
    by: form.by,
    childSeen: form.childSeen,
    signsOfCruelty: form.signsOfCruelty,
  })),
  'contact-attempted': act('contact-attempted')(
    support.ContactAttempted,
    ['Попытка: никого не было', 'Әрекет: ешкім болмады', 'Attempt: nobody seen'],
    [...WORKERS, 'medic'],
    (form) => ({ by: form.by }),
  ),
  'next-contact-set': act('next-contact-set')(
    support.NextContactSet,
    ['День контакта назначен', 'Байланыс күні белгіленді', 'Day of the next contact'],
    WORKERS,
    (form) => ({ day: form.day }),
  ),
  'review-agreed': act('review-agreed')(
    support.ReviewAgreed,
    ['День пересмотра назначен', 'Қайта қарау күні белгіленді', 'Day of the review'],
    WORKERS,
    (form) => ({ day: form.day }),
  ),
  'review-report-handed-in': act('review-report-handed-in')(
    support.ReviewReport,
    ['Отчет к пересмотру', 'Қайта қарауға есеп', 'Report for the review'],
    WORKERS,
    () => ({}),
  ),
  'review-held': act('review-held')(support.ReviewHeld, ['Пересмотр плана', 'Жоспарды қайта қарау', 'Plan review'], WORKERS, (form) =>
    given({ decision: form.decision, nextDay: form.nextDay, meeting: form.meeting }),
  ),
  'meeting-held': act('meeting-held')(support.MeetingHeld, ['Встреча проведена', 'Кездесу өтті', 'Meeting held'], WORKERS, (form) => ({
    meeting: form.meeting,
  })),
  'protocol-approved': act('protocol-approved')(
    support.ProtocolApproved,
    ['Протокол утвержден', 'Хаттама бекітілді', 'Protocol approved'],
    WORKERS,
    (form) => ({ meeting: form.meeting }),
  ),
  'referral-sent': act('referral-sent')(
    support.ReferralSent,
    ['Направлено в комиссию', 'Комиссияға жіберілді', 'Referral sent'],
    WORKERS,
    ({ referral, to, examination }) => ({ referral, to, ...(examination && { examination: true as const }) }),
  ),
  'referral-answered': act('referral-answered')(
    support.ReferralAnswered,
    ['Ответ комиссии', 'Комиссия жауабы', 'Referral answered'],
    [...WORKERS, 'commission-secretary'],
    (form) => given({ referral: form.referral, answer: form.answer, newDay: form.newDay }),
  ),
  'request-sent': act('request-sent')(support.RequestSent, ['Запрос отправлен', 'Сұрау жіберілді', 'Request sent'], WORKERS, (form) =>
    given({ request: form.request, answerBy: form.answerBy, addressee: form.addressee }),
  ),
  'request-answered': act('request-answered')(
    support.RequestAnswered,
    ['Ответ на запрос', 'Сұрауға жауап', 'Request answered'],
    WORKERS,
    (form) => ({ request: form.request }),
  ),
  'request-received': act('request-received')(
    support.RequestReceived,
    ['Запрос получен', 'Сұрау алынды', 'Request received'],
    WORKERS,
    () => ({}),
  ),
  'closure-asked': act('closure-asked')(
    support.ClosureAsked,
    ['Предложено завершить', 'Аяқтау ұсынылды', 'Closure asked'],
    WORKERS,
    (form) => given({ end: form.end, criteria: form.criteria, monitoringMonths: form.monitoringMonths }),
  ),
  'closure-decided': act('closure-decided')(
    support.ClosureDecided,
    ['Решение о завершении', 'Аяқтау туралы шешім', 'Closure decided'],
    LEADERS,
    (form) => ({ approved: form.approved }),
  ),
  'monitoring-look': act('monitoring-look')(support.MonitoringLook, ['Мониторинг', 'Мониторинг', 'Monitoring look'], WORKERS, (form) => ({
    copes: form.copes,
    problemsBack: form.problemsBack,
    worse: form.worse,
    last: form.last,
  })),
  relapse: act('relapse')(support.Relapse, ['Рецидив', 'Қайталану', 'Relapse'], TAKERS, (form) =>
    given({ reportedAt: msOf(form.reportedAt), criteria: form.criteria, level: form.level }),
  ),
  assigned: act('assigned')(Assigned, ['Случай поручен', 'Іс тапсырылды', 'Case assigned'], LEADERS, (form) => ({
    manager: form.manager,
    overNorm: form.overNormReason !== undefined,
  })),
  'handed-over': act('handed-over')(HandedOver, ['Дело передано', 'Іс тапсырылды', 'Case handed over'], LEADERS, (form) => ({
    manager: form.manager,
    organisation: form.organisation,
  })),
  'taken-over-from-paper': act('taken-over-from-paper')(
    support.TakenOverFromPaper,
    ['Внесено с бумаги', 'Қағаздан енгізілді', 'Taken over from paper'],
    WORKERS,
    ({ child: _, manager: __, anotherChild: ___, ...fact }) => given(fact),
  ),
  withdrawn: act('withdrawn')(Withdrawn, ['Внесено ошибочно', 'Қате енгізілген', 'Entered in error'], WORKERS, (form) => ({
    act: form.act,
  })),
  'merged-into': act('merged-into')(
    MergedInto,
    ['Объединено с другим делом', 'Басқа іспен біріктірілді', 'Merged into another file'],
    LEADERS,
    (form) => ({ otherCase: form.otherCase }),
  ),
  'moved-to-edition': act('moved-to-edition')(
    MovedToEdition,
    ['Переведено на другую редакцию', 'Басқа редакцияға көшірілді', 'Moved to another edition'],
    LEADERS,
    (form) => ({ edition: form.edition }),
  ),
  noted: act('noted')(support.Noted, ['Запись', 'Жазба', 'Note'], [...WORKERS, 'medic'], (form) => ({ what: form.what })),
  'consent-given': act('consent-given')(
    rights.ConsentGiven,
    ['Согласие дано', 'Келісім берілді', 'Consent given'],
    [...WORKERS, 'medic'],
    (form) => given({ for: form.for, by: form.by, text: form.text, until: form.until }),
  ),
  'consent-refused': act('consent-refused')(
    rights.ConsentRefused,
    ['Отказ в согласии', 'Келісімнен бас тарту', 'Consent refused'],
    [...WORKERS, 'medic'],
    (form) => ({ for: form.for, by: form.by, text: form.text }),
  ),
  'consent-withdrawn': act('consent-withdrawn')(
    rights.ConsentWithdrawn,
    ['Согласие отозвано', 'Келісім қайтарып алынды', 'Consent withdrawn'],
    [...WORKERS, 'medic'],
    (form) => ({ for: form.for, by: form.by }),
  ),
  'child-corrected': act('child-corrected')(
    rights.ChildCorrected,
    ['Данные ребенка исправлены', 'Бала деректері түзетілді', "The child's data corrected"],
    ['social-worker', 'supervisor', 'head'],
    (form) => ({ fields: rights.correctedFields(form) }),
  ),
  'correction-refused': act('correction-refused')(
    rights.CorrectionRefused,
    ['В исправлении отказано', 'Түзетуден бас тартылды', 'Correction refused'],
    ['supervisor', 'head'],
    (form) => ({ objected: form.objection !== undefined }),
  ),
  'access-asked': act('access-asked')(
    rights.AccessAsked,
    ['Просят выдать все, что хранится', 'Сақталғанның бәрін беруді сұрайды', 'All that is held was asked for'],
    LEADERS,
    (form) => ({ about: form.about, granted: form.granted }),
  ),
  'erasure-held': act('erasure-held')(rights.ErasureHeld, ['Запрет на стирание', 'Өшіруге тыйым', 'Hold on erasure'], LEADERS, (form) => ({
    held: form.held,
    ground: form.ground,
  })),
  'participant-invited': act('participant-invited')(
    access.ParticipantInvited,
    ['Приглашен в случай', 'Іске шақырылды', 'Invited to the case'],
    WORKERS,
    (form) => ({ person: form.person, parts: form.parts }),
  ),
  'participation-ended': act('participation-ended')(
    access.ParticipationEnded,
    ['Больше не участвует', 'Енді қатыспайды', 'Takes part no more'],
    WORKERS,
    (form) => ({ person: form.person }),
  ),
  'hand-over-offered': act('hand-over-offered')(
    access.HandOverOffered,
    ['Дело предложено организации', 'Іс ұйымға ұсынылды', 'File offered to an organisation'],
    LEADERS,
    (form) => ({ organisation: form.organisation }),
  ),
  'hand-over-accepted': act('hand-over-accepted')(
    access.HandOverAccepted,
    ['Дело принято организацией', 'Ұйым істі қабылдады', 'File accepted by the organisation'],
    LEADERS,
    (form, { organisation }) => ({ manager: form.manager, organisation }),
  ),
  'hand-over-declined': act('hand-over-declined')(
    access.HandOverDeclined,
    ['Организация не приняла дело', 'Ұйым істі қабылдамады', 'File declined by the organisation'],
    LEADERS,
    () => ({}),
  ),
  'hand-over-taken-back': act('hand-over-taken-back')(
    access.HandOverTakenBack,
    ['Предложение дела отозвано', 'Іс ұсынысы қайтарып алынды', 'Offer of the file taken back'],
    LEADERS,
    () => ({}),
  ),
} satisfies { [K in ActKind]: ActDefinition<K, any> }

export const KINDS = Object.keys(ACTS) as [ActKind, ...ActKind[]]
export const Kind = z.enum(KINDS).meta({ id: 'ActKind' })

export const definitionOf = (kind: ActKind): ActDefinition<ActKind> => ACTS[kind] as unknown as ActDefinition<ActKind>

/** The envelope of every act on a case: when it happened, which version of the case the writer saw, the form. */
export const ActRequest = z
  .strictObject({
    happenedAt: field(
      Moment.describe('when it happened; rules count from it'),
      'Когда это произошло',
      'Бұл қашан болды',
      'When it happened',
      'CP-01',
    ),
    version: z.number().int().min(1).describe('version of the case that the writer saw'),
    /** One evidence form for brothers and sisters: the other cases it also holds for. */
    alsoFor: z
      .array(z.strictObject({ caseId: Uuid, hour: z.number().int().min(0).optional() }))
      .max(20)
      .default([]),
    form: z.record(z.string(), z.unknown()),
  })
  .meta({ id: 'ActRequest' })
export type ActRequest = z.infer<typeof ActRequest>

/** What people do that is no matter of one case: by role alone. And every route of every service: what it does, so who may call it. */
import { createMongoAbility } from '@casl/ability'
import { ROLES, type Role } from '@tirek/contract/roles'
import type { Text } from '@tirek/procedure/programme'
import type { Action } from './policy.ts'
import { CARERS } from './standing.ts'

const t = (ru: string, kk: string, en: string): Text => ({ ru, kk, en })
type WorkRow = {
  label: Text
  roles: readonly Role[] | 'everybody' | 'service' | 'anybody'
  scope: 'own' | 'team' | 'organisation' | 'everywhere'
  rule: string
}

const EVERYBODY = 'everybody'
const TAKERS = ['social-worker', 'psychologist', 'medic', 'supervisor'] as const
const READERS = CARERS
const LEADERS = ['supervisor', 'head'] as const
const ADMINISTRATOR = ['administrator'] as const
/** Who has any relation to a case at all: the rest is decided by the relation. */
const OF_CASES = [...CARERS, 'childrens-home-worker'] as const

// oxfmt-ignore
export const WORK = {
  'work with a case':        { roles: OF_CASES, scope: 'own', rule: 'CP-19', label: t('работать со случаем (решает отношение к нему)', 'іспен жұмыс (оған қатысы шешеді)', 'work with a case (the relation to it decides)') },
  'list cases':              { roles: OF_CASES, scope: 'own', rule: 'CP-19', label: t('список своих случаев', 'өз істерінің тізімі', 'the list of own cases') },
  'register a request':      { roles: TAKERS, scope: 'organisation', rule: 'CP-01', label: t('регистрировать обращение', 'өтінішті тіркеу', 'register a help request') },
  'enter from paper':        { roles: ['social-worker', 'supervisor'], scope: 'organisation', rule: 'CP-64', label: t('вносить случай с бумаги', 'істі қағаздан енгізу', 'enter a case from paper') },
  'search the register':     { roles: TAKERS, scope: 'organisation', rule: 'CP-02', label: t('искать в регистре', 'тіркелімнен іздеу', 'search the register') },
  'own work list':           { roles: CARERS, scope: 'own', rule: 'CP-10', label: t('свой список работы', 'өз жұмыс тізімі', 'own work list') },
  'team work list':          { roles: LEADERS, scope: 'team', rule: 'CP-18', label: t('список работы команды', 'команданың жұмыс тізімі', "the team's work list") },
  'see the caseload':        { roles: ['supervisor', 'head', 'social-worker'], scope: 'organisation', rule: 'CP-18', label: t('число случаев у работников', 'қызметкерлердің іс саны', 'how many cases each worker has') },
  'see figures':             { roles: ['social-worker', 'supervisor', 'head'], scope: 'organisation', rule: 'CP-18', label: t('показатели: свои, команды, организации', 'көрсеткіштер: өз, команда, ұйым', 'figures: own, of the team, of the organisation') },
  'compare figures':         { roles: ['administrator', 'auditor'], scope: 'everywhere', rule: 'CP-18', label: t('показатели всех организаций без малых чисел', 'барлық ұйымның көрсеткіштері, кіші сандарсыз', 'figures of all organisations without small numbers') },
  'read journals':           { roles: TAKERS, scope: 'organisation', rule: 'CP-80', label: t('читать журналы', 'журналдарды оқу', 'read the journals') },
  'write journals':          { roles: TAKERS, scope: 'organisation', rule: 'CP-80', label: t('вести журналы', 'журналдарды жүргізу', 'write in the journals') },
  'list editions':           { roles: [...READERS, 'administrator'], scope: 'everywhere', rule: 'CP-90', label: t('редакции и с какого дня они действуют', 'редакциялар және қай күннен қолданылады', 'editions and from when they hold') },
  'read editions':           { roles: READERS, scope: 'organisation', rule: 'CP-91', label: t('редакции и лист ознакомления', 'редакциялар және танысу парағы', 'editions and the acquaintance sheet') },
  'preview an edition':      { roles: LEADERS, scope: 'organisation', rule: 'CP-90', label: t('что изменит редакция', 'редакция нені өзгертеді', 'what an edition would change') },
  'count what an edition changes': { roles: ADMINISTRATOR, scope: 'everywhere', rule: 'CP-90', label: t('сколько сроков и случаев изменит редакция, только числа', 'редакция қанша мерзім мен істі өзгертеді, тек сандар', 'how many terms and cases an edition would change, numbers only') },
  'see what runs':           { roles: ADMINISTRATOR, scope: 'everywhere', rule: 'CP-64', label: t('какие процессы идут и опаздывают, без содержания', 'қай процестер жүріп жатыр және кешігеді, мазмұнсыз', 'which workflows run and are late, without content') },
  'be oneself':              { roles: EVERYBODY, scope: 'own', rule: 'CP-19', label: t('свои данные и язык', 'өз деректері мен тілі', 'own data and language') },
  'see people':              { roles: EVERYBODY, scope: 'organisation', rule: 'CP-93', label: t('видеть людей своей организации', 'өз ұйымының адамдарын көру', 'see the people of the organisation') },
  'see the directory':       { roles: EVERYBODY, scope: 'everywhere', rule: 'CP-93', label: t('организации, ведомства, календарь, карантин', 'ұйымдар, ведомстволар, күнтізбе, карантин', 'organisations, agencies, calendar, quarantine') },
  'see own settings':        { roles: EVERYBODY, scope: 'organisation', rule: 'SV-20', label: t('сроки своей организации', 'өз ұйымының мерзімдері', 'terms of the organisation') },
  'see absences and duty':   { roles: EVERYBODY, scope: 'organisation', rule: 'CP-10', label: t('отсутствия и дежурства', 'болмаулар мен кезекшілік', 'absences and duty') },
  'keep absences and duty':  { roles: ['supervisor', 'head', 'administrator'], scope: 'organisation', rule: 'CP-64', label: t('вести отсутствия и дежурства', 'болмаулар мен кезекшілікті жүргізу', 'keep absences and duty') },
  'declare quarantine':      { roles: ['administrator', 'head'], scope: 'organisation', rule: 'RS-01', label: t('объявлять карантин', 'карантин жариялау', 'declare a quarantine') },
  'keep the directory':      { roles: ADMINISTRATOR, scope: 'everywhere', rule: 'CP-93', label: t('вести справочники, сроки, календарь', 'анықтамалықтар, мерзімдер, күнтізбе', 'keep directory, terms and calendar') },
  'mark addresses':          { roles: ADMINISTRATOR, scope: 'everywhere', rule: 'CP-32', label: t('отмечать адреса, которым можно посылать файлы', 'файл жіберуге болатын мекенжайларды белгілеу', 'mark addresses that may receive files') },
  'own notices':             { roles: EVERYBODY, scope: 'own', rule: 'CP-10', label: t('свои уведомления', 'өз хабарламалары', 'own notices') },
  'look after letters':      { roles: ['administrator', 'auditor', 'supervisor', 'head'], scope: 'team', rule: 'CP-10', label: t('что стало с письмами', 'хаттар не болды', 'what became of letters') },
  'send a letter again':     { roles: ADMINISTRATOR, scope: 'everywhere', rule: 'CP-10', label: t('отправить письмо снова', 'хатты қайта жіберу', 'send a letter again') },
  'approve erasures':        { roles: ['head'], scope: 'organisation', rule: 'RT-30', label: t('утверждать стирание по истечении срока', 'мерзімі өткенді өшіруді бекіту', 'approve the erasure of what is past its term') },
  'break the glass':         { roles: CARERS, scope: 'organisation', rule: 'AC-01', label: t('открыть случай в опасности для жизни', 'өмірге қауіп кезінде істі ашу', 'open a case in danger to life') },
  'review broken glass':     { roles: ['auditor', 'supervisor'], scope: 'everywhere', rule: 'AC-02', label: t('проверять такие открытия', 'осындай ашуларды тексеру', 'review such openings') },
  'answer offers':           { roles: CARERS, scope: 'organisation', rule: 'CP-64', label: t('предложенные дела (руководство и супервизоры)', 'ұсынылған істер (басшылық пен супервайзерлер)', 'files offered (leaders and supervisors)') },
  'read the trail':          { roles: ['auditor'], scope: 'everywhere', rule: 'CP-19', label: t('читать журнал доступа', 'қолжетім журналын оқу', 'read the trail') },
  'use a link':              { roles: 'anybody', scope: 'own', rule: 'CP-10', label: t('ответить по ссылке из письма', 'хаттағы сілтеме бойынша жауап беру', 'answer by the link of a letter') },
  'open what Temporal keeps': { roles: ADMINISTRATOR, scope: 'everywhere', rule: 'CP-19', label: t('читать ход случая в Temporal', 'Temporal-дағы істің барысын оқу', 'read the running of a case in Temporal') },
  'call as a service':       { roles: 'service', scope: 'everywhere', rule: 'CP-19', label: t('вызовы между службами', 'қызметтер арасындағы шақырулар', 'calls between our services') },
} as const satisfies Record<string, WorkRow>
export type Work = keyof typeof WORK

type ForServices = 'call as a service'
/** `on`: what the route does with the case it names. `callers`: the services that may ask, and no other that may call this one for something else. */
type RouteRow =
  | { work: Exclude<Work, ForServices>; on?: Action | 'record'; callers?: never }
  | { work: ForServices; callers: readonly [string, ...string[]]; on?: never }

// oxfmt-ignore
export const ROUTES = {
  cases: {
    'POST /api/cases':                        { work: 'register a request' },
    'POST /api/cases/from-paper':             { work: 'enter from paper' },
    'POST /api/cases/:id/acts/:kind':         { work: 'work with a case', on: 'record' },
    'POST /api/cases/:id/files':              { work: 'work with a case', on: 'record' },
    'GET /api/cases/:id/files/:file':         { work: 'work with a case', on: 'read-timeline' },
    'GET /api/cases/:id/drafts/:kind':        { work: 'work with a case', on: 'record' },
    'PUT /api/cases/:id/drafts/:kind':        { work: 'work with a case', on: 'record' },
    'DELETE /api/cases/:id/drafts/:kind':     { work: 'work with a case', on: 'record' },
    'GET /api/register':                      { work: 'search the register' },
    'GET /api/cases':                         { work: 'list cases' },
    'GET /api/cases/:id':                     { work: 'work with a case', on: 'open' },
    'GET /api/cases/:id/child':               { work: 'work with a case', on: 'read-name' },
    'GET /api/cases/:id/timeline':            { work: 'work with a case', on: 'read-timeline' },
    'GET /api/cases/:id/deadlines':           { work: 'work with a case', on: 'read-deadlines' },
    'GET /api/cases/:id/grounds':             { work: 'work with a case', on: 'read-deadlines' },
    'GET /api/cases/:id/file':                { work: 'work with a case', on: 'read-file' },
    'GET /api/cases/:id/receipts':            { work: 'work with a case', on: 'read-receipts' },
    'GET /api/cases/:id/review':              { work: 'work with a case', on: 'read-file' },
    'GET /api/cases/:id/papers/:act/:ending': { work: 'work with a case', on: 'read-timeline' },
    'GET /api/cases/:id/sheets/:sheet/:ending': { work: 'work with a case', on: 'read-file' },
    'GET /api/cases/:id/readers':             { work: 'work with a case', on: 'read-readers' },
    'GET /api/cases/:id/export':              { work: 'work with a case', on: 'export' },
    'GET /api/erasures/due':                  { work: 'approve erasures' },
    'POST /api/erasures':                     { work: 'approve erasures', on: 'erase' },
    'GET /api/cases/:id/access':              { work: 'work with a case', on: 'read-access' },
    'GET /api/cases/:id/invitable':           { work: 'work with a case', on: 'read-access' },
    'GET /api/hand-overs':                    { work: 'answer offers' },
    'POST /api/break-glass':                  { work: 'break the glass' },
    'GET /api/break-glass':                   { work: 'review broken glass' },
    'POST /api/break-glass/:id/review':       { work: 'review broken glass' },
    'GET /api/trail':                         { work: 'read the trail' },
    'GET /api/trail/export.csv':              { work: 'read the trail' },
    'POST /api/codec/decode':                 { work: 'open what Temporal keeps' },
    'GET /api/worklist':                      { work: 'own work list' },
    'GET /api/worklist/team':                 { work: 'team work list' },
    'GET /api/team':                          { work: 'team work list' },
    'GET /api/approvals':                     { work: 'team work list' },
    'GET /api/running':                       { work: 'see what runs' },
    'GET /api/caseload':                      { work: 'see the caseload' },
    'GET /api/journals/:name':                { work: 'read journals' },
    'GET /api/journals/:name/table/:ending': { work: 'read journals' },
    'GET /api/figures':                       { work: 'see figures' },
    'GET /api/figures/everywhere':            { work: 'compare figures' },
    'POST /api/journals/:name':               { work: 'write journals' },
    'GET /api/journals/:name/entries/:entry': { work: 'read journals' },
    'POST /api/journals/:name/entries/:entry/withdraw': { work: 'write journals' },
    'GET /api/editions':                      { work: 'list editions' },
    'GET /api/journals/:name/print/:ending':  { work: 'read journals' },
    'GET /api/blanks/:blank/:ending':         { work: 'read editions' },
    'GET /api/editions/:id/acquaintance':     { work: 'read editions' },
    'POST /api/editions/:id/acquaintance':    { work: 'read editions' },
    'GET /api/editions/:id/sheets/:sheet/:ending': { work: 'read editions' },
    'POST /api/editions/:id/preview':         { work: 'preview an edition' },
    'POST /api/editions/:id/count':           { work: 'count what an edition changes' },
    'POST /internal/steps/open':              { work: 'call as a service', callers: ['notifications'] },
    'POST /internal/contexts/changed':        { work: 'call as a service', callers: ['directory'] },
    'POST /internal/decisions':               { work: 'call as a service', callers: ['meetings', 'referrals'] },
    'POST /internal/cases/people':            { work: 'call as a service', callers: ['meetings', 'referrals'] },
    'POST /internal/cases/child':             { work: 'call as a service', callers: ['meetings', 'referrals'] },
    'POST /internal/acts':                    { work: 'call as a service', callers: ['meetings'] },
    'POST /internal/acts-of-referrals':       { work: 'call as a service', callers: ['referrals'] },
    'POST /internal/cases/prints':            { work: 'call as a service', callers: ['referrals'] },
  },
  directory: {
    'GET /api/me':                            { work: 'be oneself' },
    'GET /api/me/export':                     { work: 'be oneself' },
    'PATCH /api/me':                          { work: 'be oneself' },
    'POST /api/me/sign-out':                 { work: 'be oneself' },
    'POST /api/people/:id/sign-out':         { work: 'keep the directory' },
    'GET /api/people':                        { work: 'see people' },
    'POST /api/people':                       { work: 'keep the directory' },
    'PATCH /api/people/:id':                  { work: 'keep the directory' },
    'GET /internal/people':                   { work: 'call as a service', callers: ['issuer'] },
    'POST /internal/sessions/end':            { work: 'call as a service', callers: ['web'] },
    'POST /internal/sign-ins/tried':          { work: 'call as a service', callers: ['web'] },
    'GET /api/organisations':                 { work: 'see the directory' },
    'POST /api/organisations':                { work: 'keep the directory' },
    'PATCH /api/organisations/:id':           { work: 'keep the directory' },
    'GET /api/absences':                      { work: 'see absences and duty' },
    'POST /api/absences':                     { work: 'keep absences and duty' },
    'DELETE /api/absences/:id':               { work: 'keep absences and duty' },
    'GET /api/duty':                          { work: 'see absences and duty' },
    'POST /api/duty':                         { work: 'keep absences and duty' },
    'DELETE /api/duty/:id':                   { work: 'keep absences and duty' },
    'GET /api/agencies':                      { work: 'see the directory' },
    'POST /api/agencies':                     { work: 'keep the directory' },
    'PUT /api/agencies/:id':                  { work: 'keep the directory' },
    'GET /api/agencies/export.csv':           { work: 'keep the directory' },
    'POST /api/agencies/import':              { work: 'keep the directory' },
    'PUT /api/agencies/:id/contacts/:contact/files': { work: 'mark addresses' },
    'GET /api/settings':                      { work: 'see own settings' },
    'PUT /api/settings':                      { work: 'keep the directory' },
    'GET /api/calendar':                      { work: 'see the directory' },
    'POST /api/calendar':                     { work: 'keep the directory' },
    'GET /api/quarantine':                    { work: 'see the directory' },
    'POST /api/quarantine':                   { work: 'declare quarantine' },
    'PATCH /api/quarantine/:id':              { work: 'declare quarantine' },
    'GET /api/directory/trail':              { work: 'read the trail' },
    'GET /api/directory/trail/export.csv':   { work: 'read the trail' },
  },
  notifications: {
    'GET /api/notices':                       { work: 'own notices' },
    'POST /api/notices/:id/read':             { work: 'own notices' },
    'GET /api/notices/push':                  { work: 'own notices' },
    'PUT /api/notices/push':                  { work: 'own notices' },
    'POST /api/notices/push/stop':            { work: 'own notices' },
    'GET /api/letters':                       { work: 'look after letters' },
    'GET /api/mail/unmatched':                { work: 'look after letters' },
    'POST /api/letters/:id/send':             { work: 'send a letter again' },
    'GET /api/notifications/trail':          { work: 'read the trail' },
    'GET /api/notifications/trail/export.csv':{ work: 'read the trail' },
    'POST /api/links/look':                  { work: 'use a link' },
    'POST /api/links/use':                   { work: 'use a link' },
    'POST /api/links/file':                  { work: 'use a link' },
    'POST /api/links/decide':                { work: 'use a link' },
    'POST /internal/receipts':               { work: 'call as a service', callers: ['cases'] },
    'POST /internal/mails':                   { work: 'call as a service', callers: ['meetings'] },
    'POST /internal/mails/revoke':            { work: 'call as a service', callers: ['meetings'] },
    'POST /internal/referral-mails/on-paper': { work: 'call as a service', callers: ['referrals'] },
    'POST /internal/unmatched':               { work: 'call as a service', callers: ['meetings'] },
    'POST /internal/replies':                 { work: 'call as a service', callers: ['referrals'] },
    'POST /internal/referral-mails':          { work: 'call as a service', callers: ['referrals'] },
    'POST /internal/notices':                 { work: 'call as a service', callers: ['relay', 'meetings', 'referrals'] },
    'POST /internal/cases/letters':           { work: 'call as a service', callers: ['cases'] },
    'POST /internal/cases/readings':          { work: 'call as a service', callers: ['cases'] },
    'POST /internal/cases/erase':             { work: 'call as a service', callers: ['relay'] },
    'POST /internal/inbound':                 { work: 'call as a service', callers: ['meetings'] },
  },
  meetings: {
    'POST /api/meetings':                     { work: 'work with a case', on: 'record' },
    'GET /api/meetings':                      { work: 'work with a case', on: 'open' },
    'GET /api/meetings/running':              { work: 'see what runs' },
    'GET /api/meetings/proposal':             { work: 'work with a case', on: 'record' },
    'GET /api/meetings/:id':                  { work: 'work with a case', on: 'open' },
    'GET /api/meetings/:id/mail':             { work: 'work with a case', on: 'open' },
    'POST /api/meetings/:id/:act':            { work: 'work with a case', on: 'record' },
    'GET /api/meetings/:id/files/:file':      { work: 'work with a case', on: 'open' },
    'GET /api/meetings/trail':                { work: 'read the trail' },
    'GET /api/meetings/trail/export.csv':     { work: 'read the trail' },
    'GET /internal/files/:id':                { work: 'call as a service', callers: ['notifications', 'referrals'] },
    'POST /internal/mail-news':               { work: 'call as a service', callers: ['notifications'] },
    'POST /internal/cases/held':              { work: 'call as a service', callers: ['cases'] },
    'POST /internal/cases/readings':          { work: 'call as a service', callers: ['cases'] },
    'POST /internal/cases/erase':             { work: 'call as a service', callers: ['relay'] },
    'POST /internal/meetings/decided':        { work: 'call as a service', callers: ['referrals'] },
  },
  referrals: {
    'POST /api/referrals':                    { work: 'work with a case', on: 'record' },
    'GET /api/referrals':                     { work: 'work with a case', on: 'open' },
    'GET /api/referrals/running':             { work: 'see what runs' },
    'GET /api/referrals/offer':               { work: 'work with a case', on: 'open' },
    'GET /api/referrals/:id':                 { work: 'work with a case', on: 'open' },
    'POST /api/referrals/:id/:act':           { work: 'work with a case', on: 'record' },
    'GET /api/referrals/:id/files/:file':     { work: 'work with a case', on: 'open' },
    'GET /api/referrals/:id/replies':         { work: 'work with a case', on: 'open' },
    'POST /api/referrals/:id/uploads':        { work: 'work with a case', on: 'record' },
    'GET /api/referrals/trail':               { work: 'read the trail' },
    'GET /api/referrals/trail/export.csv':    { work: 'read the trail' },
    'GET /internal/files/:id':                { work: 'call as a service', callers: ['notifications'] },
    'POST /internal/uploads':                 { work: 'call as a service', callers: ['notifications'] },
    'GET /internal/referrals/:id/asking':     { work: 'call as a service', callers: ['notifications'] },
    'POST /internal/answers':                 { work: 'call as a service', callers: ['notifications'] },
    'POST /internal/mail-news':               { work: 'call as a service', callers: ['notifications'] },
    'POST /internal/cases/held':              { work: 'call as a service', callers: ['cases'] },
    'POST /internal/cases/readings':          { work: 'call as a service', callers: ['cases'] },
    'POST /internal/cases/erase':             { work: 'call as a service', callers: ['relay'] },
  },
} as const satisfies Record<string, Record<string, RouteRow>>
export type Service = keyof typeof ROUTES

const abilities = Object.fromEntries(
  (Object.keys(ROLES) as Role[]).map((role) => [
    role,
    createMongoAbility(
      (Object.keys(WORK) as Work[]).filter((work) => mayEver(WORK[work], role)).map((work) => ({ action: work, subject: 'work' })),
    ),
  ]),
)
function mayEver({ roles }: WorkRow, role: Role): boolean {
  return roles === 'everybody' || (roles !== 'service' && roles !== 'anybody' && roles.includes(role))
}

export const mayDo = (role: Role, work: Work): boolean => abilities[role]?.can(work, 'work') ?? false

/** Who may come through a route: `undefined` where no row speaks of it, which is refused. */
export function doorOf(
  service: Service,
  method: string,
  path: string,
): { to: 'service'; callers: readonly string[] } | { to: 'anybody' } | { to: 'person'; may(role: Role): boolean } | undefined {
  const row = (ROUTES[service] as Record<string, RouteRow>)[`${method} ${path}`]
  if (!row) return undefined
  if (row.callers) return { to: 'service', callers: row.callers }
  const { roles }: WorkRow = WORK[row.work]
  if (roles === 'anybody') return { to: roles }
  return { to: 'person', may: (role) => mayDo(role, row.work) }
}

/** The trail as people read it: what was done or read, by whom, why it was allowed. No content of a case. */
import type { Text } from '@tirek/procedure/programme'
import { z } from 'zod'
import { definitionOf, Kind } from './acts.ts'
import { PROBLEMS } from './problems.ts'

const t = (ru: string, kk: string, en: string): Text => ({ ru, kk, en })

/** Readings and changes that are no acts of a case. */
const WHAT: { readonly [what: string]: Text } = {
  act: t('запись о случае', 'іс туралы жазба', 'a record of the case'),
  read: t('открыт случай', 'іс ашылды', 'the case was opened'),
  'read-name': t('показаны имя и адрес', 'аты мен мекенжайы көрсетілді', 'name and address were shown'),
  'read-timeline': t('открыта история случая', 'іс тарихы ашылды', 'the history of the case was opened'),
  'read-deadlines': t('открыты сроки', 'мерзімдер ашылды', 'the deadlines were opened'),
  'read-file': t('открыто личное дело', 'жеке іс ашылды', 'the personal file was opened'),
  'read-review': t('открыт пересмотр плана', 'жоспарды қайта қарау ашылды', 'the review of the plan was opened'),
  'review-paper-read': t(
    'открыт отчет или лист пересмотра',
    'қайта қарау есебі не парағы ашылды',
    'a report for a review or its sheet was opened',
  ),
  'paper-read': t('напечатана форма', 'нысан басып шығарылды', 'a form was printed'),
  'sheet-read': t('напечатан лист дела', 'істің парағы басып шығарылды', 'a sheet of the case was printed'),
  'draft-read': t('открыт черновик', 'жоба ашылды', 'a draft was opened'),
  'draft-kept': t('черновик начат или принят', 'жоба басталды не қабылданды', 'a draft was begun or taken over'),
  'draft-dropped': t('черновик удален', 'жоба жойылды', 'a draft was taken away'),
  'case-file-kept': t('передан файл случая', 'іс файлы тапсырылды', 'a file of the case was handed in'),
  'case-file-read': t('открыт файл случая', 'іс файлы ашылды', 'a file of the case was opened'),
  export: t('запрошена выдача данных', 'деректерді беру сұралды', 'giving out was asked for'),
  exported: t('выданы все данные', 'барлық дерек берілді', 'all data were given out'),
  'read-due-erasures': t('список на стирание', 'өшіруге жататындар тізімі', 'the list of what is past its term'),
  erased: t('случай стерт', 'іс өшірілді', 'the case was erased'),
  'erased-journals': t('записи журналов стерты', 'журнал жазбалары өшірілді', 'entries of journals were erased'),
  'erased-after-restore': t(
    'стерт снова после восстановления',
    'қалпына келтіргеннен кейін қайта өшірілді',
    'was erased again after a restore',
  ),
  'read-for-packet': t('показан для пакета направления', 'жолдама топтамасы үшін көрсетілді', 'was shown for the packet of a referral'),
  'read-readers': t('открыт список читавших', 'оқығандар тізімі ашылды', 'the list of readers was opened'),
  'read-answer-again': t('повторен прежний ответ', 'бұрынғы жауап қайталанды', 'an earlier answer was given again'),
  'seen-in-register': t('показан в поиске по регистру', 'тіркелімнен іздеуде көрсетілді', 'was shown in a search of the register'),
  searched: t('поиск по регистру', 'тіркелімнен іздеу', 'a search of the register'),
  'searched-much': t(
    'за день больше поисков по регистру, чем обычно',
    'бір күнде тіркелімнен іздеу әдеттегіден көп',
    'more searches of the register on one day than usual',
  ),
  'read-cases': t('список случаев', 'істер тізімі', 'the list of cases'),
  'read-work-list-mine': t('свой список сроков', 'өз мерзімдерінің тізімі', 'the own work list'),
  'read-work-list-team': t('список сроков команды', 'топ мерзімдерінің тізімі', 'the work list of the team'),
  'read-team': t('нагрузка и случаи без ведущего', 'жүктеме және жүргізушісі жоқ істер', "the team's load and cases that nobody leads"),
  'read-approvals': t('что ждет решения', 'не шешімді күтуде', 'what waits for a decision'),
  'read-running': t('идущие процессы, без содержания', 'жүріп жатқан процестер, мазмұнсыз', 'running workflows, without content'),
  'counted-edition': t('подсчет последствий редакции', 'редакция салдарын санау', 'counted what an edition would change'),
  'read-caseload': t('нагрузка работников', 'қызметкерлер жүктемесі', 'the caseload of workers'),
  journal: t('запись в журнал', 'журналға жазба', 'an entry in a journal'),
  'journal-visitors': t('запись в журнал посетителей', 'келушілер журналына жазба', 'an entry in the journal of visitors'),
  'journal-prevention': t('запись в журнал профилактики', 'алдын алу журналына жазба', 'an entry in the journal of prevention'),
  'journal-groups': t('запись в журнал групп', 'топтар журналына жазба', 'an entry in the journal of groups'),
  'journal-changes': t('запись в лист изменений', 'өзгерістер парағына жазба', 'an entry in the sheet of changes'),
  'journal-withdrawn': t('запись журнала вычеркнута', 'журнал жазбасы сызып тасталды', 'an entry of a journal was struck out'),
  'read-journal': t('журнал', 'журнал', 'a journal'),
  'read-journal-visitors': t('журнал посетителей', 'келушілер журналы', 'the journal of visitors'),
  'read-journal-unconfirmed': t(
    'журнал неподтвержденных обращений',
    'расталмаған өтініштер журналы',
    'the journal of unconfirmed requests',
  ),
  'read-journal-prevention': t('журнал профилактики', 'алдын алу журналы', 'the journal of prevention'),
  'read-journal-groups': t('журнал групп', 'топтар журналы', 'the journal of groups'),
  'read-journal-requests': t('журнал запросов', 'сұраулар журналы', 'the journal of requests'),
  'read-journal-changes': t('лист изменений', 'өзгерістер парағы', 'the sheet of changes'),
  'read-journal-acquaintance': t('лист ознакомления', 'танысу парағы', 'the acquaintance sheet'),
  'read-journal-files': t('журнал личных дел', 'жеке іс қағаздарының журналы', 'the register of personal files'),
  'read-journal-protocols': t('журнал протоколов', 'хаттамалар журналы', 'the journal of protocols'),
  'exported-journal': t('выгрузка журнала', 'журналды жүктеп алу', 'a journal was taken away'),
  'exported-journal-visitors': t(
    'выгружен журнал посетителей',
    'келушілер журналы жүктеп алынды',
    'the journal of visitors was taken away',
  ),
  'exported-journal-unconfirmed': t(
    'выгружен журнал неподтвержденных обращений',
    'расталмаған өтініштер журналы жүктеп алынды',
    'the journal of unconfirmed requests was taken away',
  ),
  'exported-journal-prevention': t(
    'выгружен журнал профилактики',
    'алдын алу журналы жүктеп алынды',
    'the journal of prevention was taken away',
  ),
  'exported-journal-groups': t('выгружен журнал групп', 'топтар журналы жүктеп алынды', 'the journal of groups was taken away'),
  'exported-journal-requests': t('выгружен журнал запросов', 'сұраулар журналы жүктеп алынды', 'the journal of requests was taken away'),
  'exported-journal-changes': t('выгружен лист изменений', 'өзгерістер парағы жүктеп алынды', 'the sheet of changes was taken away'),
  'exported-journal-acquaintance': t('выгружен лист ознакомления', 'танысу парағы жүктеп алынды', 'the acquaintance sheet was taken away'),
  'exported-journal-files': t(
    'выгружен журнал личных дел',
    'жеке іс қағаздарының журналы жүктеп алынды',
    'the register of personal files was taken away',
  ),
  'exported-journal-protocols': t(
    'выгружен журнал протоколов',
    'хаттамалар журналы жүктеп алынды',
    'the journal of protocols was taken away',
  ),
  'read-figures': t('показатели организации', 'ұйым көрсеткіштері', 'the figures of the organisation'),
  'compared-figures': t('показатели организаций', 'ұйымдардың көрсеткіштері', 'the figures of organisations'),
  'read-acquaintance': t('кто ознакомлен с редакцией', 'редакциямен кім танысты', 'who has read the edition'),
  'acquainted-with-edition': t('ознакомление с редакцией', 'редакциямен танысу', 'read an edition of the procedure'),
  'previewed-edition': t('просмотр последствий редакции', 'редакция салдарын қарау', 'previewed another edition'),
  'read-receipts': t('кто подтвердил письма', 'хаттарды кім растады', 'who confirmed the letters'),
  'read-workflow': t('ход случая в Temporal', 'Temporal-дағы істің барысы', 'the running of the case in Temporal'),
  'read-access': t('кто участвует в случае', 'іске кім қатысады', 'who takes part in the case'),
  'read-hand-overs': t('предложенные дела', 'ұсынылған істер', 'files that are offered'),
  'broke-glass': t('случай открыт в опасности для жизни', 'іс өмірге қауіп кезінде ашылды', 'the case was opened in danger to life'),
  'read-broken-glass': t('открытия в опасности для жизни', 'өмірге қауіп кезіндегі ашулар', 'openings in danger to life'),
  'reviewed-broken-glass': t('открытие проверено', 'ашу тексерілді', 'an opening was reviewed'),
  'read-trail': t('просмотр журнала действий', 'әрекеттер журналын қарау', 'the trail was read'),
  'read-meetings': t('список совещаний', 'кеңестер тізімі', 'the list of meetings'),
  'read-meeting': t('открыто совещание', 'кеңес ашылды', 'a meeting was opened'),
  'meeting-called': t('совещание созвано', 'кеңес шақырылды', 'a meeting was called'),
  'meeting-drafted': t('следующее совещание составлено', 'келесі кеңес құрылды', 'the next meeting was drafted'),
  'meeting-confirmed': t('следующее совещание созвано', 'келесі кеңес шақырылды', 'the next meeting was called'),
  'meeting-moved': t('совещание перенесено', 'кеңес ауыстырылды', 'a meeting was moved'),
  'meeting-cancelled': t('совещание отменено', 'кеңес болдырылмады', 'a meeting was cancelled'),
  'meeting-invited': t('приглашен еще один участник', 'тағы бір қатысушы шақырылды', 'one more was invited to a meeting'),
  'meeting-uninvited': t(
    'приглашение на совещание отозвано',
    'кеңеске шақыру қайтарып алынды',
    'an invitation to a meeting was taken back',
  ),
  'meeting-answered': t('записан ответ на приглашение', 'шақыруға жауап жазылды', 'an answer to an invitation was written down'),
  'meeting-mail-answered': t('письмо записано ответом', 'хат жауап ретінде жазылды', 'a mail was written down as an answer'),
  'meeting-mail-set-aside': t('письмо отложено', 'хат шетке қойылды', 'a mail was set aside'),
  'meeting-not-held': t('совещание не состоялось', 'кеңес өтпеді', 'a meeting was not held'),
  'meeting-held': t('совещание состоялось', 'кеңес өтті', 'a meeting was held'),
  'meeting-protocol-written': t('протокол правлен', 'хаттама түзетілді', 'a protocol was edited'),
  'meeting-protocol-approved': t('протокол утвержден', 'хаттама бекітілді', 'a protocol was approved'),
  'meeting-protocol-corrected': t('протокол исправлен', 'хаттама түзетілді', 'a protocol was corrected'),
  'meeting-protocol-read': t('файл протокола открыт', 'хаттама файлы ашылды', 'a file of a protocol was opened'),
  'meeting-protocol-handed': t('протокол передан иначе', 'хаттама басқаша берілді', 'a protocol was handed over another way'),
  'read-referrals': t('список направлений', 'жолдамалар тізімі', 'the list of referrals'),
  'read-referral': t('открыто направление', 'жолдама ашылды', 'a referral was opened'),
  'read-referral-offer': t('что нужно для направления', 'жолдамаға не қажет', 'what a new referral needs'),
  'referral-prepared': t('направление составлено', 'жолдама дайындалды', 'a referral was prepared'),
  'referral-changed': t('направление правлено', 'жолдама түзетілді', 'a referral was edited'),
  'referral-document-added': t('к направлению приложен документ', 'жолдамаға құжат тіркелді', 'a document was added to a referral'),
  'referral-document-removed': t('документ убран из направления', 'құжат жолдамадан алынды', 'a document was taken out of a referral'),
  'referral-packet-made': t('составлен пакет документов', 'құжаттар топтамасы жасалды', 'the packet of a referral was made'),
  'referral-went-out': t('направление отправлено', 'жолдама жіберілді', 'a referral was sent'),
  'referral-answer-noted': t('записан ответ на направление', 'жолдамаға жауап жазылды', 'an answer to a referral was written down'),
  'referral-placement-confirmed': t('записано, где живет ребенок', 'бала қайда тұратыны жазылды', 'it was recorded where the child lives'),
  'referral-nothing-follows': t('дальше направлять не нужно', 'әрі қарай жолдау қажет емес', 'nothing follows a referral'),
  'referral-withdrawn': t('направление отозвано', 'жолдама қайтарып алынды', 'a referral was withdrawn'),
  'referral-act': t('запись о направлении', 'жолдама туралы жазба', 'a record of a referral'),
  'referral-file-kept': t(
    'принят файл для направления или ответа',
    'жолдамаға не жауапқа файл қабылданды',
    'a file was taken for a referral or an answer',
  ),
  'read-referral-replies': t('письма-ответы на направление', 'жолдамаға жауап хаттар', 'replies by mail to a referral'),
  'referral-file-read': t('открыт файл направления', 'жолдама файлы ашылды', 'a file of a referral was opened'),
  'read-people': t('список людей', 'адамдар тізімі', 'the list of people'),
  'person-added': t('добавлен работник', 'қызметкер қосылды', 'a person was added'),
  'person-changed': t('изменен работник', 'қызметкер өзгертілді', 'a person was changed'),
  'person-signed-out': t('завершены входы работника', 'қызметкердің кірулері аяқталды', 'sign-ins of a person were ended'),
  'first-administrator-made': t('создан первый администратор', 'бірінші әкімші құрылды', 'the first administrator was made'),
  'organisation-added': t('добавлена организация', 'ұйым қосылды', 'an organisation was added'),
  'organisation-changed': t('изменена организация', 'ұйым өзгертілді', 'an organisation was changed'),
  'read-absences': t('список отсутствий', 'болмаулар тізімі', 'the list of absences'),
  'absence-added': t('внесено отсутствие', 'болмау енгізілді', 'an absence was entered'),
  'absence-removed': t('убрано отсутствие', 'болмау алынды', 'an absence was removed'),
  'read-duty': t('список дежурств', 'кезекшілік тізімі', 'the duty list'),
  'duty-added': t('внесено дежурство', 'кезекшілік енгізілді', 'a duty was entered'),
  'duty-removed': t('убрано дежурство', 'кезекшілік алынды', 'a duty was removed'),
  'agency-added': t('добавлено ведомство', 'ведомство қосылды', 'an agency was added'),
  'agency-changed': t('изменено ведомство', 'ведомство өзгертілді', 'an agency was changed'),
  'agencies-imported': t('загружена таблица ведомств', 'ведомстволар кестесі енгізілді', 'a table of agencies was imported'),
  'exported-agencies': t('выгружена таблица ведомств', 'ведомстволар кестесі шығарылды', 'the table of agencies was exported'),
  'agency-files-marked': t(
    'отмечено, можно ли слать файлы',
    'файл жіберуге бола ма, белгіленді',
    'it was marked whether files may be sent to an address',
  ),
  'setting-changed': t('изменен срок организации', 'ұйым мерзімі өзгертілді', 'a term of the organisation was changed'),
  'calendar-added': t('добавлен календарь', 'күнтізбе қосылды', 'a calendar was added'),
  'quarantine-declared': t('объявлен карантин', 'карантин жарияланды', 'a quarantine was declared'),
  'quarantine-ended': t('карантин завершен', 'карантин аяқталды', 'a quarantine was ended'),
  'referral-mail-confirmed': t('получение направления подтверждено', 'жолдаманың алынғаны расталды', 'receipt of a referral was confirmed'),
  'referral-packet-opened': t(
    'пакет направления открыт по коду',
    'жолдама топтамасы код бойынша ашылды',
    'the packet of a referral was opened by its code',
  ),
  'referral-packet-locked': t(
    'пакет направления закрыт: неверный код',
    'жолдама топтамасы жабылды: код қате',
    'the packet of a referral was closed: wrong code',
  ),
  'referral-answered-by-link': t(
    'орган ответил на направление по ссылке',
    'орган жолдамаға сілтеме бойынша жауап берді',
    'the body answered a referral by a link',
  ),
  'mail-confirmed': t('получение протокола подтверждено', 'хаттаманың алынғаны расталды', 'receipt of minutes was confirmed'),
  'mail-file-opened': t('протокол открыт по коду', 'хаттама код бойынша ашылды', 'minutes were opened by their code'),
  'mail-file-locked': t('протокол закрыт: неверный код', 'хаттама жабылды: код қате', 'minutes were closed: wrong code'),
  'read-unmatched-mail': t('письма, которые ни к чему не подошли', 'ештеңеге сәйкес келмеген хаттар', 'mail that belongs to nothing'),
  'meeting-act': t('запись о совещании', 'кеңес туралы жазба', 'a record of a meeting'),
  'read-letters': t('список писем', 'хаттар тізімі', 'the list of letters'),
  'letter-sent-again': t('письмо отправлено снова', 'хат қайта жіберілді', 'a letter was sent again'),
  'notice-read': t('уведомление прочитано', 'хабарлама оқылды', 'a notice was read'),
  'push-allowed': t(
    'уведомления часа на устройстве включены',
    'құрылғыда сағат хабарламалары қосылды',
    'notices of the hour were allowed on a device',
  ),
  'push-stopped': t(
    'уведомления часа на устройстве выключены',
    'құрылғыда сағат хабарламалары өшірілді',
    'notices of the hour were stopped on a device',
  ),
  'receipt-confirmed': t('прочтение подтверждено по ссылке', 'оқу сілтемемен расталды', 'reading was confirmed by a link'),
  'service-refused': t('службе отказано', 'қызметке бас тартылды', 'a service was refused'),
  'letters-erased': t('стерто в письмах', 'хаттардан өшірілді', 'was erased from letters'),
  'referrals-erased': t('стерто в направлениях', 'жолдамалардан өшірілді', 'was erased from referrals'),
  'meetings-erased': t('стерто в совещаниях', 'кеңестерден өшірілді', 'was erased from meetings'),
  'exported-trail': t('выгрузка журнала действий', 'әрекеттер журналын шығару', 'the trail was exported'),
}

/** The relation by which a case was seen. */
const WHY: { readonly [why: string]: Text } = {
  manager: t('ведет случай', 'істі жүргізеді', 'leads the case'),
  'first-person': t('принял(а) обращение', 'өтінішті қабылдады', 'took the request'),
  deputy: t('замещает', 'орнын басады', 'stands in'),
  'whole-organisation': t('по должности в организации', 'ұйымдағы лауазымы бойынша', 'by office in the organisation'),
  'nobody-leads': t('случай никто не ведет', 'істі ешкім жүргізбейді', 'nobody leads the case'),
  'on-duty-in-an-hour': t('дежурит, идет час', 'кезекшілікте, сағат жүріп жатыр', 'on duty in an hour'),
  'team-supervisor': t('супервизор ведущего', 'жүргізушінің супервайзері', 'supervises who leads the case'),
  unled: t('случай никто не ведет', 'істі ешкім жүргізбейді', 'nobody leads the case'),
  'on-duty': t('вызван(а) на срочные меры', 'шұғыл шараларға шақырылған', 'called to urgent measures'),
  'break-glass': t('открыто в опасности для жизни', 'өмірге қауіп кезінде ашылды', 'opened in danger to life'),
  participant: t('приглашен(а) в случай', 'іске шақырылған', 'invited to the case'),
  placement: t('работник дома ребенка', 'балалар үйінің қызметкері', "worker of the children's home"),
  'organisation-lead': t('руководит организацией', 'ұйымды басқарады', 'leads the organisation'),
  reporter: t('принял(а) обращение, ведет другой', 'өтінішті қабылдады, басқа жүргізеді', 'took the request, another leads the case'),
  'hand-over-receiver': t('дело предложено организации', 'іс ұйымға ұсынылған', 'the file is offered to the organisation'),
  'hand-over-sender': t('организация передала дело', 'ұйым істі тапсырған', 'the organisation handed the file over'),
  opens: t('открывает случай', 'істі ашады', 'opens the case'),
  'own-act': t('свое действие', 'өз әрекеті', 'own act'),
  'register-of-organisation': t('регистр организации', 'ұйым тіркелімі', 'register of the organisation'),
  'journal-of-organisation': t('журнал организации', 'ұйым журналы', 'journal of the organisation'),
  'calendar-reply': t('ответ из календаря', 'күнтізбеден жауап', 'an answer of a calendar'),
  'not-found': t('не имеет отношения к случаю', 'іске қатысы жоқ', 'no part in the case'),
  'told-to': t('уведомление этому человеку', 'осы адамға хабарлама', 'a notice to this person'),
  'one-time-link': t('одноразовая ссылка из письма', 'хаттағы бір реттік сілтеме', 'the one-time link of a letter'),
  relay: t('по стиранию случая', 'істің өшірілуі бойынша', 'by the erasure of the case'),
  settings: t('настройки при запуске', 'іске қосу баптаулары', 'settings of the start'),
  role: t('по роли', 'рөлі бойынша', 'by role'),
}

const asIs = (code: string): Text => ({ ru: code, kk: code, en: code })
/** Own words only: what was done may be called as somebody spelt it in an address, `constructor` too. */
const ownOf = (words: { readonly [code: string]: Text }, code: string): Text | undefined =>
  Object.hasOwn(words, code) ? words[code] : undefined
/** What was done or read, in words; a name that has none stays itself. */
export function whatText(what: string): Text {
  const act = Kind.safeParse(what)
  return act.success ? definitionOf(act.data).label : (ownOf(WHAT, what) ?? asIs(what))
}
/** Why it was allowed, or why it was refused. */
export const whyText = (why: string | null): Text =>
  why === null ? asIs('') : (ownOf(WHY, why) ?? (Object.hasOwn(PROBLEMS, why) ? PROBLEMS[why as keyof typeof PROBLEMS].title : asIs(why)))

const Words = z.strictObject({ ru: z.string(), kk: z.string(), en: z.string() })
const Outcome = z.enum(['done', 'refused'])

/** Services whose trails have rows of cases. */
export const CASE_TRAILS = {
  cases: t('случай', 'іс', 'the case'),
  meetings: t('совещания', 'кеңестер', 'meetings'),
  notifications: t('письма', 'хаттар', 'letters'),
  referrals: t('направления', 'жолдамалар', 'referrals'),
} as const satisfies Record<string, Text>
export type CaseTrail = keyof typeof CASE_TRAILS
const CaseTrail = z.enum(Object.keys(CASE_TRAILS) as [CaseTrail, ...CaseTrail[]])

const Row = z.strictObject({
  n: z.number().int(),
  at: z.number().int(),
  who: z.uuid(),
  name: z.string().nullable(),
  role: z.string(),
  what: z.string(),
  whatText: Words,
  whyText: Words,
  outcome: Outcome,
})
/** One row of a case's trail, for those who work with the case; `n` counts within the trail of one service. */
export const CaseReader = Row.extend({ of: CaseTrail }).meta({ id: 'CaseReader' })
export type CaseReader = z.infer<typeof CaseReader>
/** `before`: where the next page begins. `away`: services that could not be asked; what they know is missing. */
export const CaseReaders = z.strictObject({ items: z.array(CaseReader), before: z.string().optional(), away: z.array(CaseTrail) })
export type CaseReaders = z.infer<typeof CaseReaders>

/** One row for auditors. */
export const TrailItem = Row.extend({
  seq: z.number().int(),
  login: z.string().nullable(),
  why: z.string().nullable(),
  caseId: z.uuid().nullable(),
  caseNumber: z.string().nullable(),
  about: z.uuid().nullable(),
  request: z.string().nullable(),
  from: z.string().nullable(),
  hash: z.string(),
}).meta({ id: 'TrailItem' })
export type TrailItem = z.infer<typeof TrailItem>
export const TrailPage = z.strictObject({ items: z.array(TrailItem), next: z.string().optional() })
export type TrailPage = z.infer<typeof TrailPage>

/** Filters of the auditor; all of them together. */
export const TrailAsked = z.object({
  /** Number or id of a case. */
  case: z.string().trim().max(60).optional(),
  /** Login or id of a person. */
  person: z.string().trim().max(100).optional(),
  what: z.string().trim().max(100).optional(),
  outcome: Outcome.optional(),
  /** From this instant on. */
  from: z.iso.datetime({ offset: true }).optional(),
  /** Before this instant. */
  to: z.iso.datetime({ offset: true }).optional(),
})
export type TrailAsked = z.infer<typeof TrailAsked>

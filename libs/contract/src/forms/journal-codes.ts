/** Code lists of the journals with their captions. */
import { EDITION_IDS, type EditionId } from '@tirek/procedure/child-protection/edition-ids'
import type { Text } from '@tirek/procedure/programme'

const t = (ru: string, kk: string, en: string): Text => ({ ru, kk, en })

export const VISITOR_LEVELS = {
  low: t('низкая', 'төмен', 'low'),
  none: t('нет риска', 'қауіп жоқ', 'no risk'),
}
export const VISITOR_HELP = {
  information: t('информация', 'ақпарат', 'information'),
  advice: t('консультация', 'кеңес', 'advice'),
  'one-off': t('разовая помощь', 'бір реттік көмек', 'one-off help'),
  material: t('материальная помощь', 'материалдық көмек', 'material help'),
  service: t('услуга', 'қызмет', 'a service'),
}
export const VISITOR_RESULTS = {
  solved: t('вопрос решен', 'мәселе шешілді', 'solved'),
  'self-help': t('семья справится сама', 'отбасы өзі шешеді', 'the family copes by itself'),
  'primary-assessment': t('первичная оценка', 'бастапқы бағалау', 'primary assessment'),
  'file-opened': t('открыто личное дело', 'жеке іс қағазы ашылды', 'a personal file was opened'),
}
export const PREVENTION_KINDS = {
  information: t('информирование населения', 'халықты ақпараттандыру', 'informing the public'),
  'patronage-visit': t('патронажное посещение', 'патронаждық бару', 'patronage visit'),
}
export const PREVENTION_FOUND = {
  'difficult-situation': t('трудная жизненная ситуация', 'қиын өмірлік жағдай', 'difficult life situation'),
  abandonment: t('риск отказа от ребенка', 'баладан бас тарту қаупі', 'risk of abandonment'),
  'needs-services': t('нужны услуги', 'қызметтер қажет', 'needs services'),
  nothing: t('ничего', 'ештеңе', 'nothing'),
}
export const GROUP_KINDS = {
  club: t('клуб', 'клуб', 'club'),
  'self-help': t('группа самопомощи', 'өзіне-өзі көмек тобы', 'self-help group'),
  'mutual-help': t('группа взаимопомощи', 'өзара көмек тобы', 'mutual-help group'),
  leader: t('лидер сообщества', 'қауымдастық көшбасшысы', 'community leader'),
}
/** Editions of the procedure, as the sheets of changes and of acquaintance name them. */
export const EDITION_NAMES = Object.fromEntries(
  EDITION_IDS.map((id) => [id, t(`редакция ${id}`, `${id} редакциясы`, `edition ${id}`)]),
) as Record<EditionId, Text>
export const CONFIRMED = { 'in-system': t('подтверждено в системе', 'жүйеде расталды', 'confirmed in the system') }

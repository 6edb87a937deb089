/** What the roles are called. Pages read it too, so it draws on no form. */
import type { Text } from '@tirek/procedure/programme'

export const ROLES = {
  'social-worker': { ru: 'социальный работник', kk: 'әлеуметтік қызметкер', en: 'social worker' },
  psychologist: { ru: 'психолог', kk: 'психолог', en: 'psychologist' },
  medic: { ru: 'медицинский работник', kk: 'медицина қызметкері', en: 'medical worker' },
  supervisor: { ru: 'супервизор', kk: 'супервайзер', en: 'supervisor' },
  head: { ru: 'руководитель организации', kk: 'ұйым басшысы', en: 'head of organisation' },
  'childrens-home-worker': {
    ru: 'социальный работник дома ребенка',
    kk: 'балалар үйінің әлеуметтік қызметкері',
    en: "social worker of the children's home",
  },
  'commission-secretary': { ru: 'секретарь комиссии', kk: 'комиссия хатшысы', en: 'commission secretary' },
  administrator: { ru: 'администратор', kk: 'әкімші', en: 'administrator' },
  auditor: { ru: 'аудитор', kk: 'аудитор', en: 'auditor' },
} as const satisfies Record<string, Text>

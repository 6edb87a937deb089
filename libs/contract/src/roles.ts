/** Who people are. One role a person; what each may do stands with the acts (acts.ts) and the routes. */
import { z } from 'zod'
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

export const Role = z.enum(Object.keys(ROLES) as [keyof typeof ROLES, ...(keyof typeof ROLES)[]]).meta({ id: 'Role' })
export type Role = z.infer<typeof Role>

export const Lang = z.enum(['ru', 'kk', 'en']).meta({ id: 'Lang' })
export type Lang = z.infer<typeof Lang>

/** The language asked for by an `Accept-Language` header; Russian when none of ours is named. */
export function langOf(header: string | undefined): Lang {
  for (const part of (header ?? '').toLowerCase().split(',')) {
    const tag = part.trim().slice(0, 2)
    if (tag === 'ru' || tag === 'kk' || tag === 'en') return tag
  }
  return 'ru'
}

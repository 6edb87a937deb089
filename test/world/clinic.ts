/** One invented clinic with everybody the procedure tells, made through the directory's own API. */
import type { Role } from '@tirek/contract/roles'
import type { Who } from '@tirek/platform/auth'
import type { World } from './world.ts'

/** Logins are the names by which scenarios speak of people. */
const STAFF = {
  worker: { role: 'social-worker', name: 'Айгүл Сейтова' },
  colleague: { role: 'social-worker', name: 'Жанна Омарова' },
  psychologist: { role: 'psychologist', name: 'Ринат Әбенов' },
  supervisor: { role: 'supervisor', name: 'Дәурен Ермеков' },
  next: { role: 'supervisor', name: 'Сауле Нұрланова' },
  head: { role: 'head', name: 'Болат Қасенов' },
  duty: { role: 'medic', name: 'Гүлнәр Тоқаева' },
} as const satisfies Record<string, { role: Role; name: string }>

export type StaffName = keyof typeof STAFF
export type Clinic = { id: string; staff: Record<StaffName, Who>; nameOf(address: string): string }

export async function openClinic(world: World, prefix = 'ALM', territory = 'Алматы'): Promise<Clinic> {
  const admin = await world.asAdmin()
  const at = prefix.toLowerCase()
  const organisation = await world.ok('directory', 'POST', '/api/organisations', admin, {
    name: { ru: `Поликлиника ${prefix}`, kk: `${prefix} емханасы`, en: `Clinic ${prefix}` },
    prefix,
    territory,
  })
  const staff = {} as Record<StaffName, Who>
  for (const [login, { role, name }] of Object.entries(STAFF) as [StaffName, { role: Role; name: string }][]) {
    const person = await world.ok('directory', 'POST', '/api/people', admin, {
      login: `${login}.${at}`,
      name,
      role,
      organisation: organisation.id,
      email: `${login}@${at}.test`,
      lang: 'en',
    })
    staff[login] = { person: person.id, role, organisation: organisation.id, login: `${login}.${at}`, lang: 'en' }
  }
  await world.ok('directory', 'PATCH', `/api/organisations/${organisation.id}`, admin, {
    head: staff.head.person,
    nextInLine: staff.next.person,
    supervisor: staff.supervisor.person,
  })
  await world.ok('directory', 'POST', '/api/duty', admin, {
    organisation: organisation.id,
    person: staff.duty.person,
    fromDay: '2026-01-01',
    position: 1,
  })
  return { id: organisation.id, staff, nameOf: (address) => address.split('@')[0]! }
}

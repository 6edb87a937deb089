/** The page on which a demo person is picked. */
import { ROLES } from '@tirek/contract/roles'
import type { SignIn } from './people.ts'

const escape = (text: string) => text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`)

const STYLE = `
  :root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif }
  body { max-width: 44rem; margin: 0 auto; padding: 2rem 1rem }
  h1 { font-size: 1.4rem } h2 { font-size: 1rem; margin: 1.5rem 0 .5rem; font-weight: 600 }
  button { display: flex; gap: 1rem; justify-content: space-between; width: 100%; min-height: 44px; margin: .25rem 0; padding: .5rem .75rem; font: inherit; text-align: left; border: 1px solid #8888; border-radius: 6px; background: transparent; color: inherit; cursor: pointer }
  button > small { flex: none; max-width: 50%; text-align: right }
  button:hover, button:focus-visible { background: #8882 } small { opacity: .75 }`

const whole = (body: string) =>
  `<!doctype html><html lang="ru"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Вход</title><style>${STYLE}</style><body><main>${body}</main></body></html>`

/** Everybody by organisation, one button each. */
export function pickPage(people: readonly SignIn[], action: string): string {
  const groups = Map.groupBy(people, (person) => person.organisation_ru ?? 'Без организации')
  const button = ({ login, name, role }: SignIn) =>
    `<button name="login" value="${escape(login)}"><span>${escape(name)}<br><small>${escape(login)}</small></span><small>${escape((ROLES as Record<string, { ru: string }>)[role]?.ru ?? role)}</small></button>`
  const list = [...groups].map(([name, members]) => `<h2>${escape(name)}</h2>${members.map(button).join('')}`).join('')
  return whole(
    `<h1>Кто вы? Кім боласыз? Who are you?</h1><p><small>Учебный вход без пароля. Demo sign-in without a password.</small></p><form method="post" action="${escape(action)}">${list || '<p>Пока никого нет. No people yet.</p>'}</form>`,
  )
}

export const awayPage = () =>
  whole(
    '<h1>Справочник людей сейчас недоступен</h1><p>Обновите страницу через несколько секунд. The directory of people is away: reload in a few seconds.</p>',
  )

/** The people who may sign in, as the directory knows them. */
import { serviceToken } from '@tirek/platform/auth'

export type SignIn = {
  id: string
  login: string
  name: string
  role: string
  lang: 'ru' | 'kk' | 'en'
  organisation: string | null
  organisation_ru: string | null
}

/** Somebody of no organisation: the first administrator. */
export const NO_ORGANISATION = '00000000-0000-0000-0000-000000000000'

export class People {
  readonly #directory: string
  readonly #secret: string
  constructor(directory: string, secret: string) {
    this.#directory = directory
    this.#secret = secret
  }

  all(): Promise<SignIn[]> {
    return this.#ask({})
  }

  async findByLogin(login: string): Promise<SignIn | undefined> {
    if (!/^[a-z0-9][a-z0-9._-]{1,59}$/.test(login)) return undefined
    return (await this.#ask({ login }))[0]
  }

  async findById(id: string): Promise<SignIn | undefined> {
    return (await this.#ask({ id }))[0]
  }

  async #ask(query: Record<string, string>): Promise<SignIn[]> {
    const url = new URL('/internal/people', this.#directory)
    url.search = new URLSearchParams(query).toString()
    const answer = await fetch(url, {
      headers: { authorization: `Bearer ${await serviceToken(this.#secret, 'directory')}` },
      signal: AbortSignal.timeout(5_000),
    })
    if (!answer.ok) throw new Error(`the directory answered ${answer.status}`)
    return ((await answer.json()) as { items: SignIn[] }).items
  }
}

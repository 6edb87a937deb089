/** The people who may sign in, as the directory knows them. */
import type { ServiceCaller } from '@tirek/platform/service-tokens'

export type SignIn = {
  id: string
  login: string
  name: string
  role: string
  lang: 'ru' | 'kk' | 'en'
  organisation: string | null
  organisation_ru: string | null
}

export class People {
  readonly #directory: string
  readonly #caller: ServiceCaller
  constructor(directory: string, caller: ServiceCaller) {
    this.#directory = directory
    this.#caller = caller
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
    return ((await this.#caller.call('directory', url.href, undefined, 5_000)) as { items: SignIn[] }).items
  }
}

/** Runs requests of every operation by everybody who may ask, in lanes, and makes the smallest failing one of each kind of fault. */
import fc from 'fast-check'
import { ROLES } from '@tirek/contract/roles'
import { Asker, type Answered, type Sent } from './asking.ts'
import { Bed } from './bed.ts'
import { ACTS_ON, operationsOf, SERVICES, webOperations, withForms, type OpenApi, type Operation, type Service } from './operations.ts'
import { faultsOf, type Fault } from './oracles.ts'
import { plainRecipe, recipesOf, type Recipe } from './recipes.ts'
import type { JsonSchema } from './values.ts'

export type Failure = Fault & { recipe: Recipe; via: Service; sent: string; times: number }
export type Pair = { operation: Operation; as: string; via: Service }

/** So many tries to make a failing request smaller. */
const SHRINKS = 200
const ROLE_NAMES: readonly string[] = Object.keys(ROLES)
/** Of ten pairs one is asked through the pages' server. */
const THROUGH_PAGES = 10

/** So often a request is sent again that was told to wait. */
const TRIES = 4
const isHonest = ({ headers, text }: Answered) => headers['retry-after'] !== undefined || text.startsWith('{"status":"unwell"')

/** How often a round of `runAll` is followed by letters. */
const LETTERS_EVERY = 5

/** Neighbouring seeds begin alike: these do not. */
const scrambled = (seed: number): number => Math.imul(seed ^ (seed >>> 15), 0x9e3779b1) ^ (seed << 7)

/** Pairs of which the first answer is the last: a door that is shut says the same whatever is said to it. */
const isShut = ({ operation, as }: Pair): boolean =>
  operation.path.startsWith('/internal') !== (as === 'service') && !['nobody', 'broken'].includes(as)

export class Campaign {
  readonly bed: Bed
  readonly asker: Asker
  readonly operations: Operation[]
  readonly failures = new Map<string, Failure>()
  /** Operation → role → status → how often. */
  readonly table = new Map<string, Map<string, Map<number, number>>>()
  sent = 0
  /** Answers that asked to be asked again. */
  waited = 0
  /** Hears of a fault when it is first seen. */
  onFault: (failure: Failure) => void = () => {}
  readonly #found = new Map<string, number>()

  private constructor(bed: Bed, operations: Operation[]) {
    this.bed = bed
    this.operations = operations
    this.asker = new Asker(bed)
  }

  static async open(): Promise<Campaign> {
    const bed = await Bed.open()
    const described = await Promise.all(
      SERVICES.map(async (service) => operationsOf(service, (await (await fetch(`${bed.urls[service]}/openapi.json`)).json()) as OpenApi)),
    )
    const forms: Record<string, Record<string, JsonSchema>> = {}
    for (const [path, { kinds, at }] of Object.entries(ACTS_ON))
      forms[path] = Object.fromEntries(
        await Promise.all(
          kinds.map(async (kind) => [kind, (await (await fetch(`${bed.urls.web}${at}/${kind}`)).json()) as JsonSchema] as const),
        ),
      )
    const operations = described.flat().map((operation) => withForms(operation, forms))
    return new Campaign(bed, [...operations, ...webOperations()])
  }

  operation(key: string): Operation {
    const found = this.operations.find((one) => one.key === key)
    if (!found) throw new Error(`no operation ${key}: it may be called otherwise now`)
    return found
  }

  /** Every operation by everybody; of the services' every tenth goes through the pages. `once`: each role of one organisation or the other. */
  pairs(once = false): Pair[] {
    const actors = [...this.bed.actors.keys()].filter((name) => !name.endsWith('.leaver'))
    const of = (row: number) =>
      actors.filter((name) => !once || !/^[ab]\./.test(name) || name.startsWith((row + ROLE_NAMES.indexOf(name.slice(2))) % 2 ? 'a' : 'b'))
    return this.operations.flatMap((operation, row) =>
      of(row).map((as, column) => ({
        operation,
        as,
        via: (row + column) % THROUGH_PAGES === 0 && !operation.path.startsWith('/internal') ? ('web' as const) : operation.service,
      })),
    )
  }

  /** Sends one request and looks at the answer. */
  async ask(
    operation: Operation,
    recipe: Recipe,
    via: Service = operation.service,
  ): Promise<{ sent: Sent; answered: Answered; faults: Fault[] }> {
    const logged = this.bed.logFaults.length
    if (this.sent++ % 20 === 0) this.bed.clock.set(this.bed.clock.now() + 1_000)
    let faults: Fault[]
    try {
      const { sent, answered } = await this.#patiently(await this.asker.ask(operation, recipe, via), operation)
      if (operation.path.endsWith('sign-out') && answered.status < 300) await this.bed.forgetSignOuts()
      this.#note(operation, sent.actor.role ?? sent.actor.name, answered.status)
      faults = faultsOf(operation, sent, answered, this.bed.marks)
      faults.push(...this.bed.logFaults.slice(logged).map((said) => ({ rule: 'a log holds no fault and no name', said })))
      for (const fault of faults) this.#keep(fault, recipe, via, sent)
      return { sent, answered, faults }
    } catch (error) {
      faults = [{ rule: 'every request is answered in time', said: String(error) }]
      for (const fault of faults) this.#keep(fault, recipe, via, undefined)
      throw error
    }
  }

  /**
   * On a machine that does much else one part may wait too long for another and says so with 503: the very same is sent again, as the
   * answer asks. A fault that hides behind a 503 stays.
   */
  async #patiently(first: { sent: Sent; answered: Answered }, operation: Operation): Promise<{ sent: Sent; answered: Answered }> {
    let { answered } = first
    for (let left = TRIES; left > 0 && answered.status === 503 && isHonest(answered); left--) {
      this.waited++
      await new Promise((again) => setTimeout(again, 2_000))
      answered = await this.asker.again(operation, first.sent)
    }
    return { sent: first.sent, answered }
  }

  /** A fault that stories found. */
  report(rule: string, said: string, recipe: Recipe): void {
    this.#keep({ rule, said }, recipe, 'cases', undefined)
  }

  #keep(fault: Fault, recipe: Recipe, via: Service, sent: Sent | undefined): void {
    const id = this.#idOf(fault, recipe)
    const known = this.failures.get(id)
    const isSmaller = known && JSON.stringify(recipe).length < JSON.stringify(known.recipe).length
    if (known) known.times++
    if (known && !isSmaller) return
    const failure = {
      ...fault,
      recipe,
      via,
      sent: sent ? `${sent.method} ${sent.path} as ${sent.actor.name} ${JSON.stringify(sent.body)?.slice(0, 1_500)}` : '',
      times: known?.times ?? 1,
    }
    this.failures.set(id, failure)
    if (!known) this.onFault(failure)
  }

  /** Faults that are one and the same, as far as can be told. */
  #idOf({ rule, said }: Fault, { operation }: Recipe): string {
    const isOneEverywhere = rule === 'a log holds no fault and no name' || rule === 'every request is answered in time'
    const gist = said.replaceAll(/[0-9a-f-]{36}|\d+|qzx\w+/g, '#').slice(0, isOneEverywhere ? 120 : 60)
    return `${rule}|${isOneEverywhere ? '' : operation}|${gist}`
  }

  #note({ key }: Operation, role: string, status: number): void {
    const ofRole = this.table.get(key) ?? this.table.set(key, new Map()).get(key)!
    const ofStatus = ofRole.get(role) ?? ofRole.set(role, new Map()).get(role)!
    ofStatus.set(status, (ofStatus.get(status) ?? 0) + 1)
  }

  /** `count` requests of one operation by one who asks; a fault not seen before is made small. */
  async run({ operation, as, via }: Pair, count: number, seed: number): Promise<void> {
    let shrinks = 0
    let goal: string | undefined
    const property = fc.asyncProperty(recipesOf(operation, as), async (recipe) => {
      if (goal && ++shrinks > SHRINKS) return true
      const before = new Map([...this.failures].map(([id, { times }]) => [id, times]))
      const ids = await this.ask(operation, recipe, via).then(
        ({ faults }) => faults.map((fault) => this.#idOf(fault, recipe)),
        (error: unknown) => [this.#idOf({ rule: 'every request is answered in time', said: String(error) }, recipe)],
      )
      goal ??= ids.find((id) => !before.has(id) && (this.#found.get(id) ?? 0) === 0)
      if (goal) this.#found.set(goal, 1)
      return !goal || !ids.includes(goal)
    })
    for (let left = count, at = seed; left > 0; at++) {
      goal = undefined
      shrinks = 0
      const { numRuns, failed } = await fc.check(property, { seed: scrambled(at), numRuns: left })
      left -= Math.max(1, numRuns)
      if (!failed) break
    }
  }

  /**
   * At least `requests` of all pairs (`once`: each role once), in lanes beside each other: each pair once, then again and again, those with a form thrice as often.
   * `alongside` runs beside each round until it is over.
   */
  async runAll(
    requests: number | 'once',
    seed: number,
    lanes: number,
    alongside: (isOver: () => boolean) => Promise<void> = async () => {},
  ): Promise<void> {
    const pairs = this.pairs(requests === 'once')
    const until = requests === 'once' ? 0 : this.sent + requests
    for (let round = 0; round === 0 || this.sent < until; round++) {
      const queue = pairs.entries()
      let isOver = false
      const lane = async () => {
        for (const [at, pair] of queue) {
          if (round > 0 && this.sent >= until) return
          if (round % 10 > 0 && isShut(pair)) continue
          const often = pair.as === 'service' ? 20 : pair.operation.body ? 6 : 2
          await this.run(pair, round === 0 ? 1 : often, seed + round * 1_000_003 + at)
        }
      }
      const all = Promise.all(Array.from({ length: lanes }, lane)).finally(() => (isOver = true))
      await Promise.all([all, alongside(() => isOver)])
      // Nobody saves meanwhile: what is for Temporal would be tried, and each try takes seconds.
      if (round % LETTERS_EVERY === 0) await this.bed.deliver()
    }
  }

  /** Refused forms and changes, one at a time: no table has a row more or less after one. */
  async mustLeaveNothing(requests: number, seed: number): Promise<void> {
    const writing = this.pairs().filter(
      ({ operation, as }) => operation.method !== 'GET' && operation.service !== 'web' && /^[ab]\./.test(as),
    )
    for (let at = 0; at < requests; at++) {
      const { operation, as } = writing[(at * 7_919 + seed) % writing.length]!
      const [recipe] = fc.sample(recipesOf(operation, as), { seed: scrambled(seed + at), numRuns: 1 })
      const before = await this.bed.counts()
      const { answered } = await this.ask(operation, recipe!)
      if (answered.status < 400) continue
      const after = await this.bed.counts()
      const changed = Object.keys(after).filter((table) => after[table] !== before[table])
      if (changed.length > 0)
        this.report('what is refused leaves nothing', `${answered.status}, and other rows in ${changed.join(', ')}`, recipe!)
    }
  }

  /** All parts are well, and no log says otherwise. */
  async mustBeWell(): Promise<void> {
    const health = await this.bed.health()
    const recipe = plainRecipe(this.operations[0]!, 'nobody')
    for (const [part, status] of Object.entries(health))
      if (status !== 200) this.report('everything is well at the end', `${part} answers ${status}`, recipe)
    for (const said of this.bed.logFaults) this.report('a log holds no fault and no name', said, recipe)
  }

  /** Operations that somebody was not even once answered by: empty when all were asked by everybody. */
  uncovered(): string[] {
    const roles = new Set(this.pairs().map(({ as }) => this.bed.actors.get(as)!.role ?? as))
    return this.operations.flatMap(({ key, path }) =>
      [...roles].filter((role) => !this.table.get(key)?.has(role) && !path.endsWith('sign-out')).map((role) => `${key} by ${role}`),
    )
  }

  /** All pairs once plainly, so that there are cases to ask for. */
  async seed(): Promise<void> {
    const open = this.operation('cases POST /api/cases')
    const act = this.operation('cases POST /api/cases/{id}/acts/{kind}')
    for (const as of ['a.social-worker', 'b.social-worker', 'a.supervisor', 'b.supervisor'])
      for (const kind of Object.keys(open.body!.examples)) await this.ask(open, plainRecipe(open, as, kind))
    for (const as of ['a.supervisor', 'b.supervisor'])
      for (const kind of ['noted', 'urgent-measures-evidenced', 'placement-recorded'])
        await this.ask(act, { ...plainRecipe(act, as, kind), path: `/api/cases/@case:own:0@/acts/${kind}` })
    await this.#seedReferrals()
    await this.bed.deliver()
  }

  /** In each organisation one that is prepared, and one that is sent and awaits its answer, with a packet and a file handed in. */
  async #seedReferrals(): Promise<void> {
    const prepare = this.operation('referrals POST /api/referrals')
    const act = this.operation('referrals POST /api/referrals/{id}/{act}')
    const upload = this.operation('referrals POST /api/referrals/{id}/uploads')
    for (const as of ['a.supervisor', 'b.supervisor']) {
      const must = async (operation: Operation, example: string, path = operation.path) => {
        const { answered } = await this.ask(operation, { ...plainRecipe(operation, as, example), path })
        if (answered.status >= 300) throw new Error(`${operation.key} ${example}: ${answered.status} ${answered.text}`)
      }
      await must(prepare, 'commission')
      await must(prepare, 'pmpk')
      for (const kind of ['packet-made', 'sent']) await must(act, kind, `/api/referrals/@id:referrals:own:0@/${kind}`)
      await must(upload, 'pdf', '/api/referrals/@id:referrals:own:0@/uploads')
    }
  }

  async close(): Promise<void> {
    this.asker.close()
    await this.bed.close()
  }
}

/** Sequences on one case: what was taken is there when it is read back, what was refused left nothing, and nobody of the other organisation reads any of it. */
import fc from 'fast-check'
import { ACTS, KINDS } from '@tirek/contract/acts'
import { isDeepStrictEqual } from 'node:util'
import { APART, type Answered } from './asking.ts'
import type { Campaign } from './campaign.ts'
import type { Operation } from './operations.ts'
import { plainRecipe, recipesOf, type Recipe } from './recipes.ts'

type Step = { act: Recipe; version: 'right' | 'stale' | 'ahead'; after: 'nothing' | 'repeat' | 'reuse' | 'twice' }
export type Story = { side: 'a' | 'b'; opening: Recipe; steps: Step[] }

/** Their form is not what is kept, or nothing can be read by the same people after it. */
const NOT_AS_SENT = new Set(['child-corrected', 'handed-over'])
const READERS = ['social-worker', 'supervisor', 'head', 'medic', 'administrator', 'auditor']

type Page = { summary: { id: string; version: number } }

export class Stories {
  readonly #campaign: Campaign
  readonly #open: Operation
  readonly #act: Operation
  readonly #timeline: Operation
  readonly #reads: Operation[]

  constructor(campaign: Campaign) {
    this.#campaign = campaign
    this.#open = campaign.operation('cases POST /api/cases')
    this.#act = campaign.operation('cases POST /api/cases/{id}/acts/{kind}')
    this.#timeline = campaign.operation('cases GET /api/cases/{id}/timeline')
    this.#reads = campaign.operations.filter(
      ({ service, method, path }) => service === 'cases' && method === 'GET' && path.startsWith('/api/cases/{id}'),
    )
  }

  stories(): fc.Arbitrary<Story> {
    const plain = fc.constantFrom(...Object.keys(this.#open.body!.examples)).map((name) => plainRecipe(this.#open, 'a.social-worker', name))
    const acts = Object.keys(this.#act.body!.examples)
    const right = fc
      .constantFrom(...acts)
      .map((kind) => ({ ...plainRecipe(this.#act, 'a.supervisor', kind), path: `/api/cases/@case@/acts/${kind}` }))
    const bent = recipesOf(this.#act, 'a.supervisor').map((recipe) => ({
      ...recipe,
      method: 'POST',
      query: '',
      path: `/api/cases/@case@/acts/${acts.find((kind) => recipe.path.includes(`/acts/${kind}`)) ?? 'noted'}`,
    }))
    return fc.record({
      side: fc.constantFrom('a' as const, 'b' as const),
      opening: fc.oneof(
        { weight: 4, arbitrary: plain },
        {
          weight: 1,
          arbitrary: recipesOf(this.#open, 'a.social-worker').map((one) => ({ ...one, method: 'POST', path: this.#open.path, query: '' })),
        },
      ),
      steps: fc.array(
        fc.record({
          act: fc.oneof({ weight: 3, arbitrary: right }, { weight: 1, arbitrary: bent }),
          version: fc.constantFrom<Step['version']>('right', 'right', 'right', 'right', 'stale', 'ahead'),
          after: fc.constantFrom<Step['after']>('nothing', 'nothing', 'nothing', 'repeat', 'reuse', 'twice'),
        }),
        { maxLength: 8 },
      ),
    })
  }

  /** Plays `count` stories and reports to the campaign what they find. */
  async play(count: number, seed: number): Promise<void> {
    await fc.assert(
      fc.asyncProperty(this.stories(), async (story) => {
        await this.#tell(story)
      }),
      { seed, numRuns: count },
    )
  }

  async #tell({ side, opening, steps }: Story): Promise<void> {
    const { bed } = this.#campaign
    const since = bed.clock.now()
    const { sent, answered } = await this.#campaign.ask(this.#open, {
      ...opening,
      as: `${side}.social-worker`,
      headers: { ...opening.headers, 'x-request-id': APART },
    })
    if (answered.status !== 201) {
      const left = await this.#rowsWith(sent.mark, since)
      if (left > 0) this.#campaign.report('what is refused leaves nothing', `${answered.status}, and ${left} rows`, opening)
      return
    }
    const { id } = (answered.json as Page).summary
    let version = (answered.json as Page).summary.version
    for (const step of steps) {
      const next = await this.#step(id, version, side, step)
      if (next === undefined) return
      version = next
    }
    await this.#readByAll(id, side)
  }

  /** The version after it; undefined: the story is over. */
  async #step(id: string, version: number, side: 'a' | 'b', { act, version: which, after }: Step): Promise<number | undefined> {
    const told = which === 'right' ? version : which === 'stale' ? version - 1 : version + 1
    const key = crypto.randomUUID()
    const recipe: Recipe = {
      ...act,
      as: `${side}.supervisor`,
      path: act.path.replace('@case@', id),
      ...(act.body !== undefined && { body: act.body.replaceAll('"@version@"', String(told)).replaceAll('@iin@', '240305500115') }),
      headers: { ...act.headers, 'idempotency-key': key },
    }
    const kind = recipe.path.split('/').at(-1)!
    const ask = (again: Recipe) => this.#campaign.ask(this.#act, again)
    const answers: Answered[] = []
    if (after === 'twice') {
      const both = await Promise.all([
        ask(recipe),
        ask({ ...recipe, headers: { ...recipe.headers, 'idempotency-key': crypto.randomUUID() } }),
      ])
      answers.push(...both.map(({ answered }) => answered))
    } else answers.push((await ask(recipe)).answered)
    const taken = answers.filter(({ status }) => status === 200)
    if (taken.length > 1)
      this.#campaign.report('of two acts of one version one is taken', JSON.stringify(answers.map(({ status }) => status)), recipe)
    if (taken.length > 0 && which !== 'right' && /"version":\d+/.test(recipe.body ?? ''))
      if (JSON.parse(recipe.body!).version === told)
        this.#campaign.report('an act of another version is not taken', `${told} of ${version}`, recipe)
    const stored = await this.#stored(id)
    const expected = version + taken.length
    if (stored.version !== expected || stored.acts !== expected)
      this.#campaign.report('an act is taken once or not at all', `${JSON.stringify(stored)}, and ${expected} is expected`, recipe)
    if (taken.length === 0) return stored.version
    if (NOT_AS_SENT.has(kind)) return undefined
    await this.#mustBeThere(id, side, kind, recipe)
    if (after === 'repeat' && !recipe.body!.includes('@')) {
      const again = await ask(recipe)
      if (again.answered.status !== 200 || (await this.#stored(id)).version !== expected)
        this.#campaign.report('the same sent again is answered as before', `${again.answered.status} ${again.answered.text}`, recipe)
    }
    if (after === 'reuse') {
      const other = {
        ...recipe,
        path: `/api/cases/${id}/acts/noted`,
        body: JSON.stringify({ happenedAt: '2026-11-24T14:51:00+05:00', version: expected, form: { what: 'plan-note', text: 'x' } }),
      }
      const { answered } = await ask(other)
      if (answered.status !== 422) this.#campaign.report('a key belongs to one request', `${answered.status} ${answered.text}`, other)
    }
    return expected
  }

  /** The newest act of the timeline is the one that was sent, word for word. */
  async #mustBeThere(id: string, side: 'a' | 'b', kind: string, recipe: Recipe): Promise<void> {
    const { rows } = await this.#campaign.bed.admin.query<{ form: unknown; kind: string }>(
      'SELECT kind, form FROM cases.act WHERE case_id = $1 ORDER BY version DESC LIMIT 1',
      [id],
    )
    const { answered } = await this.#campaign.ask(this.#timeline, {
      ...plainRecipe(this.#timeline, `${side}.supervisor`),
      path: `/api/cases/${id}/timeline`,
      query: '?limit=200',
    })
    const items = (answered.json as { items?: { kind: string; form: unknown }[] } | undefined)?.items ?? []
    const isRead = answered.status !== 200 || items.some((item) => item.kind === kind && isDeepStrictEqual(item.form, rows[0]?.form))
    if (!isRead) this.#campaign.report('what was taken is there when it is read', `${kind} is not in the timeline`, recipe)
    // What holes were filled with is known to the row alone; everything else is as it was sent.
    const expected = sentForm(kind, recipe)
    if (expected === undefined) return
    const said = texts(rows[0]?.form)
    const lost = texts(expected).filter((text) => !text.includes('@') && !said.includes(text))
    if (lost.length > 0) this.#campaign.report('what was taken is kept word for word', JSON.stringify(lost).slice(0, 300), recipe)
  }

  async #readByAll(id: string, side: 'a' | 'b'): Promise<void> {
    const other = side === 'a' ? 'b' : 'a'
    for (const operation of this.#reads)
      for (const as of [...READERS.map((role) => `${other}.${role}`), `${side}.administrator`, `${side}.auditor`, 'nobody']) {
        const recipe = { ...plainRecipe(operation, as), path: operation.path.replace('{id}', id), headers: { 'accept-language': 'kk' } }
        const { answered } = await this.#campaign.ask(operation, recipe)
        if (answered.status < 400)
          this.#campaign.report('nobody reads a case of another organisation', `${answered.status} ${answered.text}`, recipe)
      }
  }

  async #stored(id: string): Promise<{ version: number; acts: number }> {
    const { rows } = await this.#campaign.bed.admin.query<{ version: number; acts: number }>(
      'SELECT version, (SELECT count(*)::int FROM cases.act WHERE case_id = $1) AS acts FROM cases."case" WHERE id = $1',
      [id],
    )
    return rows[0]!
  }

  async #rowsWith(mark: string, since: number): Promise<number> {
    const { rows } = await this.#campaign.bed.admin.query<{ n: number }>(
      `SELECT (SELECT count(*) FROM cases.act WHERE recorded_at >= $2 AND form::text LIKE $1)::int AS n`,
      [`%${mark}%`, since],
    )
    return rows[0]!.n
  }
}

function sentForm(kind: string, recipe: Recipe): unknown {
  if (!(KINDS as readonly string[]).includes(kind)) return undefined
  try {
    const read = ACTS[kind as keyof typeof ACTS].form.safeParse((JSON.parse(recipe.body!) as { form: unknown }).form)
    return read.success ? read.data : undefined
  } catch {
    return undefined
  }
}

const texts = (node: unknown): string[] =>
  typeof node === 'string' ? [node] : node !== null && typeof node === 'object' ? Object.values(node).flatMap(texts) : []

/** The main job as one person does it: from the search in the register to the end of monitoring, act by act, by what stands on the page. */
import { ACTS } from '@tirek/contract/acts'
import type { Lang } from '@tirek/contract/roles'
import type { ActKind } from '@tirek/procedure/child-protection/acts'
import { REVIEW_DECISIONS } from '@tirek/contract/forms/codes'
import { adminWords } from '@tirek/web/client/words-of/admin'
import { formWords } from '@tirek/web/client/words-of/forms'
import { reviewWords } from '@tirek/web/client/words-of/reviews'
import { workWords } from '@tirek/web/client/words-of/work'
import { wordsOf } from '@tirek/web/client/words'
import type { Locator } from 'playwright-core'
import type { Hands } from '../world/hands.ts'

export class Job {
  /** Known once the request is registered. */
  caseId = ''
  readonly #lang: Lang
  readonly #words
  readonly #work
  readonly #forms
  readonly #worker: Hands
  readonly #supervisor: Hands
  readonly #url: string

  constructor({ lang, url, worker, supervisor }: { lang: Lang; url: string; worker: Hands; supervisor: Hands }) {
    this.#lang = lang
    this.#words = wordsOf(lang)
    this.#work = workWords(lang)
    this.#forms = formWords(lang)
    this.#worker = worker
    this.#supervisor = supervisor
    this.#url = url
  }

  #at = (id: string): Locator => this.#worker.page.locator(`#field-${id}`)
  #choice = (id: string, value: string): Locator => this.#at(id).locator(`input[value="${value}"]`)
  #button = (name: string): Locator => this.#worker.page.getByRole('button', { name, exact: true })

  async #write(texts: Readonly<Record<string, string>>): Promise<void> {
    for (const [id, text] of Object.entries(texts)) await this.#worker.write(this.#at(id), text)
  }

  /** Saved: the case stands there, with what comes next. */
  async #save(name: string = this.#words.save): Promise<void> {
    await this.#worker.press(this.#button(name))
    await this.#worker.page.locator('#next-title').waitFor()
  }

  /** From the day's list, where a term waits for this act, to its form. */
  async #fromToday(kind: ActKind): Promise<void> {
    const { page, press } = this.#worker
    await page.goto(this.#url)
    await press(page.locator(`.task a.button[href$="/record/${kind}"]`))
    await page.locator('form.sheet').waitFor()
  }

  /** From what is next on the case to the form. */
  async #fromCase(kind: ActKind): Promise<void> {
    const { page, press } = this.#worker
    await press(page.locator(`aside a[href$="/record/${kind}"]`).first())
    await page.locator('form.sheet').waitFor()
  }

  async request({ name, address }: { name: string; address: string }): Promise<void> {
    const { page, press, tick, choose } = this.#worker
    await press(page.locator('main a[href="/new"]'))
    await this.#write({ 'child-name': name, 'child-address': address })
    await page.getByText(this.#words.searchNone).waitFor()
    await press(this.#button(this.#work.newChild))
    await tick(this.#choice('child-sex', 'female'))
    await tick(this.#choice('channel', 'phone'))
    await choose(this.#at('source'), 'public')
    await tick(this.#at('asker-notNamed'))
    await press(this.#button(this.#work.goOn))
    await this.#write({ ground: 'Соседи слышат крики' })
    await tick(
      page
        .locator('label.tick')
        .filter({ has: page.locator('.code', { hasText: /^H4$/ }) })
        .locator('input'),
    )
    await page.getByRole('region', { name: this.#words.proposal }).getByText(this.#words.riskHigh).waitFor()
    await press(this.#button(this.#words.register))
    await page.waitForURL(/\/hour$/)
    this.caseId = /cases\/([^/]+)\/hour/.exec(page.url())![1]!
  }

  /** What the hour says: the time left, and who knows. */
  async hour(): Promise<{ left: string; told: string[] }> {
    const { page } = this.#worker
    await page.goto(`${this.#url}/cases/${this.caseId}/hour`)
    const left = await page.getByRole('timer').locator('span').innerText()
    return { left, told: await page.locator('.ladder .kept').allInnerTexts() }
  }

  async evidence(): Promise<void> {
    for (const [fact, by] of [
      ['measuresAgreed', 'by'],
      ['lawEnforcement', 'reference'],
      ['juvenileInspection', 'reference'],
    ] as const) {
      await this.#worker.tick(this.#at(fact))
      await this.#write({ [`${fact}-${by}`]: 'КУИ 102' })
    }
    await this.#save()
  }

  async safe(): Promise<void> {
    await this.#fromCase('child-safe')
    await this.#write({ confirmedBy: 'участковый врач' })
    await this.#worker.tick(this.#choice('placed', 'false'))
    await this.#save()
  }

  /** CP-111: no grounds for urgent measures, so the level is another and the primary assessment is next. */
  async noGrounds(): Promise<void> {
    await this.#worker.tick(this.#worker.page.getByLabel(this.#words.noGrounds))
    await this.#write({ 'noGrounds-agreedBy': 'the supervisor', 'noGrounds-reason': 'A quarrel of the neighbours' })
    await this.#worker.tick(this.#choice('noGrounds-level', 'medium'))
    await this.#save()
  }

  async primary(): Promise<void> {
    await this.#fromCase('primary-assessment-done')
    await this.#worker.tick(this.#choice('outcome', 'confirmed'))
    await this.#write({ reason: 'The family needs help' })
    await this.#save()
  }

  async assessment(): Promise<void> {
    const { page, press, tick } = this.#worker
    await this.#fromToday('assessment-finished')
    const next = () => press(this.#button(this.#work.nextPart))
    const text = 'Описано'
    await press(page.locator('.task-list button').first())
    await this.#write({ cause: text, timeAndPeople: text })
    await next()
    await next()
    await this.#write({ 'health-body': text })
    await next()
    await this.#write({ 'care-safety': text })
    await next()
    await this.#write({ 'environment-housing': text })
    await next()
    await this.#write({ 'components-child-strengths': text, 'components-child-weaknesses': text })
    await next()
    for (const head of ['strengths', 'concerns', 'consequences', 'response', 'abilityToProtect', 'abilityToChange', 'helpNeeded'])
      await this.#write({ [`analysis-${head}`]: text })
    await next()
    await tick(this.#choice('signsOfCruelty', 'false'))
    await tick(this.#choice('confirmed', 'yes'))
    await tick(this.#choice('level', 'medium'))
    await this.#write({ recommendations: text })
    await next()
    await tick(this.#choice('familySigned', 'true'))
    await press(this.#button(this.#work.toParts))
    await page.getByText(`${this.#work.partsDone}: 9 / 9`).waitFor()
    await this.#save(this.#work.finishReport)
  }

  /** `due`: of its one measure, `2027-03-03`. */
  async plan(due: string): Promise<void> {
    const { page, press, tick, writeDay } = this.#worker
    await this.#fromToday('plan-signed')
    await press(page.getByRole('button', { name: this.#work.planAddNeed }))
    await this.#write({ 'needs-0-text': 'Жилье' })
    await tick(this.#choice('needs-0-kind', 'family'))
    await press(page.getByRole('button', { name: this.#work.planAddMeasure }))
    await this.#write({ 'measures-0-action': 'Оформить пособие' })
    await tick(this.#choice('measures-0-responsible', 'family'))
    await writeDay(this.#at('measures-0-due'), due)
    await this.#save()
  }

  /** Three taps; returns the day as the list of the day says it. */
  async contact(): Promise<string> {
    const { page, tick } = this.#worker
    await page.goto(this.#url)
    const title = await page.locator('main h1').innerText()
    await this.#fromToday('contact-made')
    await tick(page.getByLabel(this.#work.contactSeen))
    await tick(this.#choice('by', 'home-visit'))
    await this.#save(this.#work.saveNoSigns)
    return title
  }

  /** Of the review to come, long before its term. */
  async report(): Promise<void> {
    await this.#worker.page.goto(`${this.#url}/cases/${this.caseId}`)
    await this.#fromCase('review-report-handed-in')
    await this.#write({ report: 'План выполнен' })
    await this.#worker.tick(this.#choice('measures-0-mark', 'done'))
    await this.#save()
  }

  /** Found by its name among what may be recorded. */
  async review(decision: keyof typeof REVIEW_DECISIONS): Promise<void> {
    const { page, press, tick } = this.#supervisor
    await page.goto(`${this.#url}/cases/${this.caseId}`)
    await press(page.getByRole('link', { name: this.#words.record, exact: true }))
    await press(page.locator('.acts').getByRole('link', { name: ACTS['review-held'].label[this.#lang] }))
    await tick(page.locator('#field-decision label', { hasText: REVIEW_DECISIONS[decision][this.#lang] }).locator('input'))
    await press(page.getByRole('button', { name: this.#words.save, exact: true }))
    await page.locator('#next-title').waitFor()
  }

  async askClosure(): Promise<void> {
    const { page, press, tick } = this.#worker
    await page.goto(`${this.#url}/cases/${this.caseId}`)
    await press(page.getByRole('link', { name: reviewWords(this.#lang).closure }))
    await tick(this.#at('criteria').locator('.tick input').first())
    await tick(this.#choice('monitoringMonths', '3'))
    await press(this.#button(this.#forms.askClosure))
    await page.getByRole('heading', { name: this.#forms.askedTitle }).waitFor()
    await press(page.getByRole('link', { name: this.#forms.toCase }))
    await page.locator('#next-title').waitFor()
  }

  async approve(): Promise<void> {
    const { page, press } = this.#supervisor
    const adm = adminWords(this.#lang)
    await page.goto(`${this.#url}/manage`)
    await press(page.locator('main a[href="/approvals"]'))
    await press(page.getByRole('button', { name: adm.approve }))
    await press(page.getByRole('button', { name: adm.approveYes }))
    await page.getByRole('heading', { name: adm.closures }).waitFor({ state: 'detached' })
  }

  /** All is well; the last look of the monitoring ends with a conclusion. */
  async look(conclusion?: string): Promise<void> {
    const { page, tick } = this.#worker
    await this.#fromToday('monitoring-look')
    await tick(page.getByLabel(this.#forms.lookAllWell))
    if (conclusion !== undefined) await this.#write({ conclusion })
    await this.#save(conclusion === undefined ? this.#forms.lookSave : this.#forms.lookSaveLast)
  }

  /** The stage that the case's page marks. */
  async stage(): Promise<string> {
    const { page } = this.#worker
    await page.goto(`${this.#url}/cases/${this.caseId}`)
    return page.locator('.stages [aria-current=step]').innerText()
  }
}

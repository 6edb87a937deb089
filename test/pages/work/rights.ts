/** Rights of people on the real system: the supervisor gives out, the head erases, and from then on no table says a word of the case. */
import { Client, Connection } from '@temporalio/client'
import { caseWorkflowId } from '@tirek/workflows/messages'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { faultsOf, openPage, picture } from '../../world/browser.ts'
import { type RunningSystem, until } from '../../world/running.ts'
import { openedCase } from '../opened-case.ts'
import { closeStage, openStage, program } from '../../world/stage.ts'

let system: RunningSystem
let browser: Browser

beforeAll(async () => {
  ;({ system, browser } = await openStage())
})
afterAll(closeStage)

const open = (login: string, width: number, lang: 'ru' | 'kk') =>
  openPage(browser, system.at.webUrl, { login, viewport: { width, height: 900 }, lang })

async function act(login: string, caseId: string, kind: string, form: object): Promise<void> {
  const { rows } = await system.db.query('SELECT version FROM cases."case" WHERE id = $1', [caseId])
  const { status, body } = await system.insist(login, 'POST', `/api/cases/${caseId}/acts/${kind}`, {
    happenedAt: new Date().toISOString(),
    version: rows[0].version,
    form,
  })
  expect(status, JSON.stringify(body)).toBe(200)
}

const opened = (name: string) =>
  openedCase(system, name, { child: { address: 'ул. Тихая, 9' }, asker: { name: 'Соседка Тайная' }, ground: `${name}: слова соседки` })

/** A case that ended sixteen years ago: real processes run by the machine's clock, so its rows are moved instead. `running`: its workflow never heard of the end. */
async function ended(name: string, running = false): Promise<{ id: string; number: string }> {
  const summary = await opened(name)
  if (!running) {
    await act('timur', summary.id, 'closure-asked', { end: 'adopted', criteria: [] })
    await act('elena', summary.id, 'closure-decided', { approved: true })
  }
  // What Temporal keeps of it has its key, and has been told all.
  await until('its workflow knows', async () => {
    const { rows } = await system.db.query(
      `SELECT 1 FROM keys.data_key WHERE owner = 'case/' || $1 AND wrapped IS NOT NULL AND NOT EXISTS (SELECT 1 FROM cases.outbox WHERE case_id = $1::uuid AND kind = 'facts')`,
      [summary.id],
    )
    return rows[0]
  })
  const then = Date.now() - 16 * 366 * 86_400_000
  await system.db.query('UPDATE cases.act SET recorded_at = $2, happened_at = $2 WHERE case_id = $1', [summary.id, then])
  await system.db.query(
    `UPDATE cases."case" SET ended = true, "end" = 'adopted', stage = 'ended', facts = facts || jsonb_build_object('endedAt', $2::bigint, 'ended', true, 'end', 'adopted', 'stage', 'ended') WHERE id = $1`,
    [summary.id, then],
  )
  return summary
}

/** Everything that any service keeps, as text. */
async function everything(): Promise<string> {
  const { rows: tables } = await system.db.query<{ name: string }>(
    `SELECT format('%I.%I', table_schema, table_name) AS name FROM information_schema.tables WHERE table_type = 'BASE TABLE' AND table_schema IN ('cases', 'directory', 'notifications', 'keys')`,
  )
  const texts = await Promise.all(tables.map(async ({ name }) => (await system.db.query(`SELECT t::text AS row FROM ${name} t`)).rows))
  return JSON.stringify(texts)
}

test.skipIf(!program)(
  'the supervisor gives out what is held, narrow and wide, in both languages; the head only records requests',
  async () => {
    const { id, number } = await opened('Выдаваемая Тестовая')
    const path = `${system.at.webUrl}/cases/${id}/rights`
    await act('elena', id, 'access-asked', {
      about: 'child',
      askedBy: 'Мать Тестовая',
      relation: 'мать',
      identity: 'document',
      granted: true,
    })
    for (const [width, lang, title, print] of [
      [360, 'kk', 'Отбасының құқықтары', 'Басып шығаруға жүктеу'],
      [360, 'ru', 'Права семьи', 'Скачать для печати'],
      [1280, 'kk', 'Отбасының құқықтары', 'Басып шығаруға жүктеу'],
      [1280, 'ru', 'Права семьи', 'Скачать для печати'],
    ] as const) {
      const page = await open('elena', width, lang)
      await page.goto(path)
      await page.getByRole('heading', { name: title, level: 1 }).waitFor()
      await page.getByText('Мать Тестовая').waitFor()
      expect(await faultsOf(page)).toEqual([])
      await picture(page, `rights-${width}-${lang}`)
      const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: print }).click()])
      expect(file.suggestedFilename()).toMatch(new RegExp(`^${number}_\\d{4}-\\d\\d-\\d\\d\\.html$`))
      const text = readFileSync(await file.path(), 'utf8')
      expect(text).toContain('Выдаваемая Тестовая')
      expect(text).not.toContain('Соседка Тайная')
      await page.context().close()
    }
    const page = await open('bolat', 360, 'ru')
    await page.goto(path)
    await page.getByRole('link', { name: 'Записать просьбу' }).waitFor()
    expect(await page.getByRole('button', { name: 'Скачать для печати' }).count()).toBe(0)
    await page.context().close()
  },
)

test.skipIf(!program)(
  'the head erases what is past its term; no table says a word of it, letters neither, and its key is gone',
  async () => {
    const gone = await ended('Стираемая Тестовая')
    const runs = await ended('Бегущая Тестовая', true)
    const stays = await ended('Остающаяся Тестовая')
    const keyOf = async (caseId: string) =>
      (await system.db.query(`SELECT wrapped IS NULL AS gone FROM keys.data_key WHERE owner = 'case/' || $1`, [caseId])).rows
    expect(await everything()).toContain('Стираемая')
    for (const [width, lang, title] of [
      [360, 'kk', 'Сақтау'],
      [360, 'ru', 'Хранение'],
      [1280, 'kk', 'Сақтау'],
      [1280, 'ru', 'Хранение'],
    ] as const) {
      const page = await open('bolat', width, lang)
      await page.goto(`${system.at.webUrl}/erasures`)
      await page.getByRole('heading', { name: title, level: 1 }).waitFor()
      await page.getByText(gone.number).waitFor()
      expect(await faultsOf(page)).toEqual([])
      await page.getByRole('checkbox', { name: gone.number }).check()
      await picture(page, `erasures-${width}-${lang}`)
      await page.context().close()
    }
    const page = await open('bolat', 360, 'ru')
    await page.goto(`${system.at.webUrl}/erasures`)
    for (const { number } of [gone, runs]) await page.getByRole('checkbox', { name: number }).check()
    await page.getByRole('button', { name: 'Стереть отмеченное' }).click()
    await page.getByRole('alert').waitFor()
    expect(await faultsOf(page)).toEqual([])
    await picture(page, 'erasures-sure')
    await page.getByRole('button', { name: 'Стереть навсегда' }).click()
    await page.getByText('Стерто.').waitFor()
    await page.getByText(stays.number).waitFor()
    expect(await page.getByText(gone.number).count()).toBe(0)
    expect(await faultsOf(page)).toEqual([])
    await page.goto(`${system.at.webUrl}/cases/${gone.id}`)
    await page.getByText('Данные этого случая стерты').waitFor()
    expect(await page.getByRole('button', { name: 'Показать имя' }).count()).toBe(0)
    expect(await faultsOf(page)).toEqual([])
    await picture(page, 'case-erased')
    await page.context().close()

    await until('letters are told to go', async () => {
      const { rows } = await system.db.query('SELECT 1 FROM cases.outbox WHERE case_id = ANY($1)', [[gone.id, runs.id]])
      return rows.length === 0 ? true : undefined
    })
    const left = await everything()
    expect(left).not.toContain('Стираемая')
    expect(left).toContain('Остающаяся')
    expect([await keyOf(gone.id), await keyOf(stays.id)]).toEqual([[{ gone: true }], [{ gone: false }]])
    expect(left).not.toContain('Бегущая')
    const connection = await Connection.connect({ address: system.at.temporalAddress })
    try {
      const handle = new Client({ connection, namespace: 'tirek' }).workflow.getHandle(caseWorkflowId(runs.id))
      expect((await handle.describe()).status.name).toBe('TERMINATED')
      // Its history names the key that is gone.
      const { events } = await handle.fetchHistory()
      const input = events![0]!.workflowExecutionStartedEventAttributes!.input!.payloads![0]!
      const keyId = Buffer.from(input.metadata!['encryption-key-id']!).toString()
      const { rows } = await system.db.query('SELECT wrapped FROM keys.data_key WHERE id = $1', [keyId])
      expect(rows).toEqual([{ wrapped: null }])
    } finally {
      await connection.close()
    }
    expect(readFileSync(join(system.home, 'erasures.log'), 'utf8')).toContain(gone.id)
  },
)

/** Where mail comes in: by SMTP to a port of ours, and out of a mailbox of a real IMAP server. */
import { createTransport } from 'nodemailer'
import { spawn, execFileSync, type ChildProcess } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { userInfo, tmpdir } from 'node:os'
import { connect } from 'node:net'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { freePort } from '@tirek/platform/scratch-postgres'
import { client, clock, news, NOON, notifications, restart, useWorld } from '../world.fixture.ts'
import { AGENT, invitees, link, mailsOf, mailTo, send, tokenOf } from '../mails/meeting.fixture.ts'
import { report } from './bounce.fixture.ts'
import { letterOf, replyOf } from './reply.fixture.ts'

useWorld()

const rows = async (table: string) => (await client.query(`SELECT * FROM notifications.${table} ORDER BY 1`)).rows

describe('by SMTP', () => {
  beforeEach(async () => {
    await restart({ INBOUND_SMTP_PORT: '0' })
    await send(mailTo('police'), mailTo('clerk'))
    clock.set(NOON + 3_600_000)
    news.length = 0
  })
  const bring = (raw: Buffer, to: string[], from = 'police@agency.example') =>
    createTransport({ host: '127.0.0.1', port: notifications.inboundPort!, ignoreTLS: true })
      .sendMail({ envelope: { from, to }, raw })
      .then(
        ({ response }) => response.slice(0, 3),
        (error: { responseCode?: number }) => String(error.responseCode),
      )

  test('an answer is taken and noted before the sender is told so', async () => {
    expect(await bring(replyOf(), [`${AGENT}@example.org`])).toBe('250')
    expect(await rows('answer')).toMatchObject([{ answer: 'accepted', by: 'calendar' }])
    // To whom it came the envelope says, whatever its header tells.
    expect(await bring(replyOf({ from: 'clerk@agency.example', to: 'undisclosed@other.example' }), [`${AGENT}@example.org`])).toBe('250')
    expect(await rows('answer')).toHaveLength(2)
  })

  test('a delivery report is taken at the address of the sender', async () => {
    const [letter] = (await rows('letter')).filter(({ address }) => address === 'clerk@agency.example')
    expect(await bring(report(letter.id, letter.message_id), ['tirek@example.org'], '')).toBe('250')
    await notifications.tick()
    expect(news).toMatchObject([{ state: 'bounced', invitee: invitees.clerk }])
  })

  test('no other address: neither of others nor of no meeting, so nothing is passed on', async () => {
    for (const to of [
      'somebody@other.example',
      'tirek@other.example',
      `${AGENT}@other.example`,
      'm-00000000000000000000000000000000@example.org',
      'root@example.org',
    ])
      expect(await bring(replyOf(), [to]), to).toBe('550')
    expect(await rows('received')).toEqual([])
  })

  test('30 MB are refused, seen, and never held as a whole', async () => {
    const before = process.memoryUsage().rss
    expect(await bring(Buffer.concat([letterOf('x'), Buffer.alloc(30_000_000, 'xxxxxxxxxxxxxxx\r\n')]), [`${AGENT}@example.org`])).toBe(
      '552',
    )
    expect(await rows('unmatched')).toMatchObject([{ reason: 'too-big', from_address: 'police@agency.example' }])
    expect((await rows('unmatched'))[0].bytes).toBeGreaterThan(30_000_000)
    expect(process.memoryUsage().rss - before).toBeLessThan(250_000_000)
  })

  test('while the database cannot keep it the mail stays with its sender', async () => {
    await client.query('ALTER TABLE notifications.received RENAME TO away')
    try {
      expect(await bring(replyOf(), [`${AGENT}@example.org`])).toBe('451')
    } finally {
      await client.query('ALTER TABLE notifications.away RENAME TO received')
    }
    expect(await bring(replyOf(), [`${AGENT}@example.org`])).toBe('250')
  })
})

test('without a setting nothing listens, and links are enough', async () => {
  expect(notifications.inboundPort).toBeUndefined()
  await send(mailTo('police'))
  expect((await link('use', { token: tokenOf('police'), answer: 'accepted' })).state).toBe('done')
})

const dovecot = (() => {
  for (const program of ['/usr/sbin/dovecot', '/usr/local/sbin/dovecot', 'dovecot'])
    try {
      execFileSync(program, ['--version'], { stdio: 'ignore', timeout: 10_000 })
      return program
    } catch {
      // Looked for elsewhere.
    }
  console.warn('dovecot is not installed (Debian: dovecot-imapd): reading a mailbox of a real IMAP server is not tried')
  return undefined
})()

describe.skipIf(!dovecot)('out of a mailbox', () => {
  let server: ChildProcess | undefined
  let home: string
  let port: number
  let box: string

  beforeEach(async () => {
    home = mkdtempSync(join(tmpdir(), 'tirek-dovecot-'))
    chmodSync(home, 0o755)
    port = await freePort()
    box = join(home, 'box')
    for (const folder of ['cur', 'new', 'tmp']) mkdirSync(join(box, folder), { recursive: true })
    const isRoot = process.getuid?.() === 0
    // Dovecot gives no mail to root.
    const owner = isRoot ? 'nobody' : userInfo().username
    if (isRoot) execFileSync('chown', ['-R', owner, box])
    writeFileSync(join(home, 'users'), 'tirek@example.org:{PLAIN}a secret word::::::\n')
    writeFileSync(
      join(home, 'dovecot.conf'),
      `base_dir = ${home}/run
state_dir = ${home}/run
log_path = ${home}/log
protocols = imap
ssl = no
disable_plaintext_auth = no
${isRoot ? '' : `default_internal_user = ${owner}\ndefault_login_user = ${owner}\n`}first_valid_uid = 1
mail_location = maildir:${box}
passdb {
  driver = passwd-file
  args = scheme=PLAIN username_format=%u ${home}/users
}
userdb {
  driver = static
  args = uid=${owner} gid=${execFileSync('id', ['-gn', owner], { encoding: 'utf8' }).trim()} home=${box}
}
service imap-login {
  chroot =
  inet_listener imap {
    address = 127.0.0.1
    port = ${port}
  }
  inet_listener imaps {
    port = 0
  }
}
service anvil {
  chroot =
}
`,
    )
    server = spawn(dovecot!, ['-F', '-c', join(home, 'dovecot.conf')], { stdio: 'ignore' })
    await answering(port)
    await restart({
      IMAP_URL: `imap://${encodeURIComponent('tirek@example.org')}:${encodeURIComponent('a secret word')}@127.0.0.1:${port}/INBOX?tls=off`,
    })
    await send(mailTo('police'), mailTo('clerk'))
    clock.set(NOON + 3_600_000)
    news.length = 0
  })
  afterEach(async () => {
    const gone = new Promise((ended) => server?.once('exit', ended))
    server?.kill()
    await gone
    rmSync(home, { recursive: true, force: true })
  })

  const answering = async (at: number) => {
    for (const end = performance.now() + 20_000; ;) {
      const greeted = await new Promise<boolean>((told) => {
        const socket = connect(at, '127.0.0.1')
        socket.once('data', () => (socket.destroy(), told(true)))
        socket.once('error', () => told(false))
      })
      if (greeted) return
      if (performance.now() > end) throw new Error('dovecot does not answer')
      await new Promise((again) => setTimeout(again, 50))
    }
  }
  let n = 0
  const deliver = (raw: Buffer, name = `${++n}.tirek.example`) => writeFileSync(join(box, 'new', name), raw, { mode: 0o666 })

  test('answers, reports and rubbish are taken once each and marked; what was marked is not taken again', async () => {
    const [letter] = (await rows('letter')).filter(({ address }) => address === 'clerk@agency.example')
    deliver(replyOf({ partstat: 'DECLINED' }))
    deliver(report(letter.id, letter.message_id))
    deliver(letterOf('Скоро буду', ['Auto-Submitted: auto-replied']))
    deliver(Buffer.concat([letterOf('x'), Buffer.alloc(5_000_000, 'xxxxxxxxxxxxxxx\r\n')]))
    await notifications.tick()
    expect(news.map((one) => (one.what === 'answer' ? one.answer : one.what === 'state' ? one.state : one.reason)).sort()).toEqual([
      'automatic',
      'bounced',
      'declined',
      'too-big',
    ])
    await notifications.tick()
    await restart({
      IMAP_URL: `imap://${encodeURIComponent('tirek@example.org')}:${encodeURIComponent('a secret word')}@127.0.0.1:${port}/INBOX?tls=off`,
    })
    deliver(replyOf({ from: 'clerk@agency.example' }))
    await notifications.tick()
    expect(news).toHaveLength(5)
    expect(await rows('received')).toHaveLength(4)
    expect(readdirSync(join(box, 'cur')).length + readdirSync(join(box, 'new')).length).toBe(5)
    expect(mailsOf('police')).toHaveLength(1)
  })

  test('taken by a process that died before it marked it: known, and marked now', async () => {
    const raw = replyOf()
    deliver(raw)
    await notifications.tick()
    for (const folder of ['cur', 'new']) for (const name of readdirSync(join(box, folder))) rmSync(join(box, folder, name))
    deliver(raw)
    await notifications.tick()
    expect(news).toHaveLength(1)
    expect(await rows('answer')).toHaveLength(1)
  })
})

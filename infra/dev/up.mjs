// Builds what changed, starts every part, fills in demo data the first time, prints where things are, and stops all in order.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { mailboxPlan } from './mailbox.mjs'
import { Hint, KEYS_FILE, ROOT } from './place.mjs'
import { checkLocale, initialise, postgresPlan } from './postgres.mjs'
import { preflight } from './preflight.mjs'
import { migrationPlan, processPlan, PROCESSES, secretsOf, sharedSettings, webUrlOf } from './processes.mjs'
import { Stopped, Supervisor } from './supervisor.mjs'
import { findTemporal, prepare, temporalPlan } from './temporal.mjs'
import { startTemporalUi } from './temporal-ui.mjs'

const started = performance.now()
const seconds = () => ((performance.now() - started) / 1000).toFixed(1)
const say = (line) => console.log(line)
const fresh = process.argv.includes('--fresh')
let supervisor
let stopping = false

async function stop(code) {
  if (stopping) return
  stopping = true
  if (!supervisor) process.exit(code)
  say('stopping')
  await supervisor.stop()
  say('stopped; nothing is lost, `npm start` goes on from here')
  process.exit(code)
}
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => void stop(0))
// The process that started this one was killed.
process.on('disconnect', () => void stop(1))
// A closed terminal must not end us before the parts are stopped.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {})

try {
  await up()
} catch (error) {
  if (!stopping && !(error instanceof Stopped)) {
    console.error(error instanceof Hint ? `tirek: ${error.message}` : error)
    await stop(1)
  }
}

async function up() {
  const { home, ports, external } = await preflight(process.env, say)
  if (fresh)
    for (const part of [
      'pg',
      'pg.new',
      'temporal.db',
      'temporal.db-shm',
      'temporal.db-wal',
      'mail',
      'log',
      'demo.json',
      'jwks.json',
      'secrets.json',
      KEYS_FILE,
      'restored.json',
      'trail.key',
      'checkpoints',
      'run.json',
    ])
      rmSync(join(home, part), { recursive: true, force: true })
  mkdirSync(home, { recursive: true })
  buildWhatChanged()
  const program = external.temporal ? undefined : await findTemporal(say)
  const secrets = secretsOf(home)
  supervisor = new Supervisor({ home, say })

  // What the services stand on.
  const temporal =
    program &&
    temporalPlan({
      program,
      home,
      port: ports.temporal,
      uiPort: ports.temporalUiBehind,
      httpPort: ports.temporalHttp,
      metricsPort: ports.temporalMetrics,
      codecUrl: `${webUrlOf(ports)}/codec`,
    })
  const mailbox = external.smtp ? undefined : mailboxPlan({ home, smtpPort: ports.smtp, webPort: ports.mailbox })
  const startDatabase = async () => {
    if (external.database) {
      await checkLocale(external.database)
      return external.database
    }
    await initialise(join(home, 'pg'), secrets.postgres)
    const plan = await postgresPlan({ home, port: ports.postgres, password: secrets.postgres })
    await supervisor.start(plan)
    return plan.adminUrl
  }
  const [adminUrl] = await Promise.all([
    startDatabase(),
    temporal ? supervisor.start(temporal) : prepare(external.temporal, process.env.TEMPORAL_NAMESPACE ?? 'tirek'),
    mailbox && supervisor.start(mailbox),
    temporal && startTemporalUi({ port: ports.temporalUi, behind: ports.temporalUiBehind, webUrl: webUrlOf(ports) }),
  ])
  say(`Postgres, Temporal and the mailbox are ready after ${seconds()} s`)

  // The services.
  const settings = sharedSettings({
    home,
    ports,
    secrets,
    temporalAddress: temporal?.address ?? external.temporal,
    temporalUiUrl: temporal && `http://localhost:${ports.temporalUi}`,
    smtpUrl: mailbox?.smtpUrl ?? external.smtp,
  })
  const rows = PROCESSES.filter((row) => {
    if (row.name === 'issuer' && external.issuer) return false
    if (existsSync(join(ROOT, row.entry))) return true
    throw new Hint(`${row.entry} is missing: the build did not make it`)
  })
  await supervisor.finish(migrationPlan({ home, secrets, adminUrl }))
  await Promise.all(rows.map((row) => supervisor.start(processPlan(row, { home, ports, secrets, adminUrl, settings }))))
  say(`all services are ready after ${seconds()} s`)

  const run = {
    webUrl: settings.WEB_URL,
    issuerUrl: settings.ISSUER_URL,
    casesUrl: settings.CASES_URL,
    directoryUrl: settings.DIRECTORY_URL,
    notificationsUrl: settings.NOTIFICATIONS_URL,
    meetingsUrl: settings.MEETINGS_URL,
    mailboxUrl: mailbox?.webUrl,
    temporalAddress: settings.TEMPORAL_ADDRESS,
    adminUrl,
    temporalUiUrl: settings.TEMPORAL_UI_URL,
  }
  writeFileSync(join(home, 'run.json'), JSON.stringify(run), { mode: 0o600 })
  await fillDemoOnce(home, run)
  table({ run, mailbox, temporalUiUrl: settings.TEMPORAL_UI_URL, home })
  process.send?.('ready')
}

/** In a process of its own: the build tool takes memory and sets NODE_ENV. */
function buildWhatChanged() {
  const { status } = spawnSync(process.execPath, [join(ROOT, 'infra/dev/build.mjs')], { stdio: 'inherit' })
  if (status !== 0) throw new Hint('the build failed, see above')
}

async function fillDemoOnce(home, run) {
  const done = join(home, 'demo.json')
  if (existsSync(done) || process.env.TIREK_DEMO === 'off' || existsSync(join(home, 'restored.json'))) return
  const { fillDemo } = await import('./demo.mjs')
  say('filling in demo data through the API')
  const filled = await fillDemo({ ...run, log: say })
  writeFileSync(done, JSON.stringify({ at: new Date().toISOString(), ...(filled && typeof filled === 'object' ? filled : {}) }))
  say(`demo data filled after ${seconds()} s`)
}

function table({ run, mailbox, temporalUiUrl, home }) {
  const rows = [
    ['web page', run.webUrl],
    ['API documents', `${run.webUrl}/api/docs`],
    ['health', `${run.webUrl}/api/health`],
    ['Temporal UI', temporalUiUrl ?? '(your own server)'],
    ['mailbox', mailbox ? mailbox.webUrl : '(your own mail server)'],
    ['data and logs', home],
    ['sign in as', peopleOf(home)],
  ]
  say('')
  for (const [what, where] of rows) say(`  ${what.padEnd(14)} ${where}`)
  say('')
  say(`  ready after ${seconds()} s · stop with Ctrl-C · begin anew with npm start -- --fresh`)
}

function peopleOf(home) {
  const file = join(home, 'demo.json')
  const people = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')).people ?? []) : []
  return people.length > 0 ? people.map(({ login, role }) => `${login} (${role})`).join(', ') : 'pick a person on the sign-in page'
}

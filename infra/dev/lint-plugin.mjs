// One rule of our own for oxlint: instants come from the Clock, which tests can move.
const say = (context, node, message) => context.report({ node, message })

const noMachineClock = {
  create: (context) => ({
    MemberExpression(node) {
      const name = `${node.object.name}.${node.property.name}`
      if (name === 'Date.now') say(context, node, 'ask the Clock (libs/platform/src/clock.ts), not the machine')
      if (name === 'Temporal.Now') say(context, node, 'Temporal.Now reads the real clock, in a workflow too')
    },
    NewExpression(node) {
      if (node.callee.name === 'Date' && node.arguments.length === 0)
        say(context, node, 'new Date() reads the machine: ask the Clock (libs/platform/src/clock.ts)')
    },
    CallExpression(node) {
      const { callee } = node
      if (callee.type === 'MemberExpression' && callee.property.name === 'format' && node.arguments.length === 0)
        say(context, node, 'format() without a date formats the real now, in a workflow too')
    },
  }),
}

export default { meta: { name: 'tirek' }, rules: { 'no-machine-clock': noMachineClock } }

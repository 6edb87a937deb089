import { collectDefaultMetrics, Registry } from 'prom-client'

/** Prometheus metrics of one process. */
export function createMetrics(service: string): Registry {
  const registry = new Registry()
  registry.setDefaultLabels({ service })
  collectDefaultMetrics({ register: registry })
  return registry
}

// Registers namespace and search attributes on the server of docker-compose.yml.
import { prepareTemporal } from '../../libs/platform/src/temporal.ts'

await prepareTemporal(process.env.TEMPORAL_ADDRESS, process.env.TEMPORAL_NAMESPACE)
console.log(`namespace ${process.env.TEMPORAL_NAMESPACE} and its search attributes are registered`)

// Loaded before a service: stack traces name the sources of our own files, which were built; those of packages stay as they are.
import { setSourceMapsSupport } from 'node:module'

setSourceMapsSupport(true)

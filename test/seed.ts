import { configureGlobal } from 'fast-check'

/** The same random inputs in every run, others with FLUXGATE_SEED: what fails must fail again. */
configureGlobal({ seed: Number(process.env['FLUXGATE_SEED'] ?? 1) })

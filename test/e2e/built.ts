// Exits with 0 where `npm run e2e` finds everything built.
import { isBuilt } from './binaries.ts'
import { recipes } from './recipes.ts'

process.exit(isBuilt(recipes.map(one => one.name)) ? 0 : 1)

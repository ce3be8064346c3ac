import { checkMarkers } from '../flux/markers.ts'
import type { Check } from './check.ts'

/** Markers of image-automation-controller that change nothing. */
export const danglingMarker: Check = {
  code: 'dangling-marker',
  level: 'error',
  group: 'flux',
  summary: 'an image marker that no ImagePolicy answers',
  ignorable: true,
  run: input =>
    checkMarkers(
      input.model,
      input.yamlFiles.map(file => file.parsed),
    ),
}

import { fail, ok, type Outcome } from '../../core/outcome.ts';
import type { S3Location } from '../../core/s3/location.ts';
import { askLocation, type FrontsSource } from '../tree/navigation.ts';
import type { Call } from '../tree/targets.ts';

/**
 * The objects a call is about; where it names nothing, a person is asked under a title.
 *
 * Errors: `object-unnamed`, `folder-selected`, `location-invalid`.
 */
export async function objectsOf(
  { nodes, locations, options }: Call,
  title: string,
  source: FrontsSource,
): Promise<Outcome<readonly S3Location[]>> {
  if (nodes !== undefined && nodes.length > 0) {
    const objects = nodes.filter((node) => node.kind === 'object');
    // A folder is not passed over: whoever selected it would miss what is in it.
    return objects.length < nodes.length
      ? fail({ code: 'folder-selected' })
      : ok(objects.map(({ bucket, entry: { key } }) => ({ bucket, key })));
  }
  if (locations !== undefined && locations.length > 0) return ok(locations);
  if (options !== undefined || locations !== undefined) return fail({ code: 'object-unnamed' });
  const location = await askLocation(title, source);
  return location.kind === 'ok' ? ok([location.value]) : location;
}

import { fbxInt32, fbxInt64, fbxObjectName, fbxString, record, type FbxProperty, type FbxRecord } from './fbxRecord';

/** First id given out; 0 is the scene's root. Ids only need to be unique in the file. */
const FIRST_ID = 100_000n;

/** Collects objects and connections and gives out ids in order, so that the same scene always gets the same ids. */
export class FbxSceneBuilder {
  readonly objects: FbxRecord[] = [];
  readonly connections: FbxRecord[] = [];
  private nextId = FIRST_ID;
  private readonly counts = new Map<string, number>();

  /** An id before its object is written. */
  reserveId(): bigint {
    return this.nextId++;
  }

  /** Adds an object record `type(id, name 00 01 className, subType) { children }`. */
  add(type: string, name: string, className: string, subType: string, children: FbxRecord[], id = this.reserveId()): bigint {
    const properties: FbxProperty[] = [fbxInt64(id), fbxObjectName(name, className), fbxString(subType)];
    this.objects.push(record(type, properties, children));
    this.counts.set(type, (this.counts.get(type) ?? 0) + 1);
    return id;
  }

  /** Child to parent. */
  connect(child: bigint, parent: bigint): void {
    this.connections.push(record('C', [fbxString('OO'), fbxInt64(child), fbxInt64(parent)]));
  }

  /** Child to a property of the parent. */
  connectToProperty(child: bigint, parent: bigint, propertyName: string): void {
    this.connections.push(record('C', [fbxString('OP'), fbxInt64(child), fbxInt64(parent), fbxString(propertyName)]));
  }

  /** How many objects of each type the file holds; GlobalSettings counts as one. */
  definitions(): FbxRecord {
    const entries: [string, number][] = [['GlobalSettings', 1], ...this.counts.entries()];
    const total = entries.reduce((sum, [, count]) => sum + count, 0);
    return record(
      'Definitions',
      [],
      [
        record('Version', [fbxInt32(100)]),
        record('Count', [fbxInt32(total)]),
        ...entries.map(([type, count]) => record('ObjectType', [fbxString(type)], [record('Count', [fbxInt32(count)])])),
      ],
    );
  }
}

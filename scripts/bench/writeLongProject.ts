import { writeFileSync } from 'node:fs';
import { longProject } from '../../main/project/testing/longProject';

/** Writes the project of ten minutes with 10,000 keys to the path it is given. */
const { bytes, keyCount } = await longProject();
writeFileSync(process.argv[2], bytes);
console.log(JSON.stringify({ keyCount }));

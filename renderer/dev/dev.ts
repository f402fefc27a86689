/** The studio in a plain browser over a stand-in API: for work on the looks only. Not part of the build (vite's entry is ../index.html). */
import { mount } from 'svelte';
import App from '../app/App.svelte';
import { exposeProbes } from '../app/probes';
import { createStudio } from '../app/studio';
import '../ui/tokens.css';
import '../ui/base.css';
import '../ui/checkbox.css';
import { createFakeApi } from './fakeApi';

const studio = createStudio(createFakeApi());
exposeProbes(studio);
mount(App, { target: document.getElementById('app')!, props: { studio } });

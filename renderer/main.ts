import { mount } from 'svelte';
import App from './app/App.svelte';
import { createStudio } from './app/studio';
import { exposeProbes } from './app/probes';
import './ui/tokens.css';
import './ui/base.css';
import './ui/checkbox.css';

const studio = createStudio(window.mien);
if (window.mienFlags.e2e) exposeProbes(studio);
mount(App, { target: document.getElementById('app')!, props: { studio } });

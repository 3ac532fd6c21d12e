import { render } from 'preact';
import '@preact/signals';
import './styles/tokens.css';
import './styles/base.css';
import './styles/workbench.css';
import './styles/inspector.css';
import './styles/panels.css';
import { App } from './app';
import { followKeys } from './keyboard';
import { followPreferences } from './locale';
import { followAddress } from './navigation';

followPreferences();
followAddress();
followKeys();
render(<App />, document.getElementById('app')!);

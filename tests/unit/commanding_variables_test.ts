import { assert, assertEquals } from "@std/assert";
import { isCommanding } from "../../lib/configuration/commanding_variables.ts";
import { outputOf } from "../support/deadline.ts";
import { join } from "../support/join.ts";
import { isInstalled, REAL_SHELLS } from "../support/real_shells.ts";
import { TemporaryFolder } from "../support/temporary_folder.ts";

/** Names that a shell does not list, as they begin to exist with their first use. */
const UNLISTED = ["RANDOM", "SRANDOM", "SECONDS", "LINENO", "HISTCMD", "COLUMNS", "LINES", "TMOUT"];

for (const { title, program, args } of REAL_SHELLS) {
  if (!["bash", "zsh", "ksh", "mksh", "yash"].includes(title)) continue;
  const name = `no variable that ${title} takes for arithmetic is handed on`;
  Deno.test({ name, ignore: !isInstalled(program) }, async () => {
    const type = async (line: string): Promise<string> => {
      const { stdout } = await outputOf(program, { args: [...args, line] });
      return new TextDecoder().decode(stdout);
    };
    using temporary = new TemporaryFolder();
    const folder = temporary.path;
    const listed = await type("set; typeset -i");
    const names = Array.from(listed.matchAll(/^(?:.* )?([A-Za-z_]\w*)(?:=|$)/gm), nameIn);
    assert(names.includes("PATH"));
    for (const name of new Set([...UNLISTED, ...names])) {
      await type(`export ${name}='path[$(: >${join(folder, name)})1]'`);
    }
    for (const { name } of Deno.readDirSync(folder)) {
      assertEquals([name, isCommanding(name)], [name, true]);
    }
  });
}

/** By whom it is looked up, what makes it run, or load, something of the configuration's choice. */
const COMMANDING: Readonly<Record<string, string>> = {
  "any shell":
    "PATH Path IFS SHELL ENV CDPATH MAILPATH MAILCHECK PS0 PS1 PS2 PS3 PS4 INPUTRC FCEDIT",
  bash: "BASH_ENV BASH_COMPAT BASH_LOADABLES_PATH BASHOPTS SHELLOPTS GLOBIGNORE PROMPT_COMMAND",
  zsh: `ZDOTDIR FPATH MODULE_PATH module_path PROMPT PROMPT2 RPROMPT LPROMPT SPROMPT RPS1 RPS2
    NULLCMD READNULLCMD TRY_BLOCK_ERROR TRY_BLOCK_INTERRUPT`,
  "yash, fish, Nushell, xonsh": `YASH_AFTER_CD COMMAND_NOT_FOUND_HANDLER PS1P PS1R PS1S
    fish_function_path FISH_CONFIG NU_LIB_DIRS XONSHRC XONSH_SHELL`,
  PowerShell: "PSModulePath PSExecutionPolicyPreference",
  Windows: `PATHEXT ComSpec SystemRoot windir HOMEDRIVE HOMEPATH USERPROFILE APPDATA LOCALAPPDATA
    ProgramData ProgramFiles`,
  "a shell's arithmetic":
    `RANDOM SRANDOM SECONDS LINENO COLUMNS LINES OPTIND HISTCMD HISTSIZE SAVEHIST
    LISTMAX KEYTIMEOUT FUNCNEST TMOUT SHLVL BASHPID PIPESTATUS PPID PGRP UID EUID GID EGID USER_ID
    KSHUID KSHGID KSHEGID`,
  "what looks for its configuration": "HOME XDG_CONFIG_HOME XDG_DATA_DIRS CLAUDE_ENV_FILE",
  "a loader": `LD_PRELOAD LD_AUDIT DYLD_INSERT_LIBRARIES _RLD_LIST LDR_PRELOAD LIBPATH SHLIB_PATH`,
  "a library":
    `GCONV_PATH GETCONF_DIR GLIBC_TUNABLES LOCPATH NLSPATH PATH_LOCALE RES_OPTIONS HOSTALIASES
    LOCALDOMAIN MALLOC_TRACE TERMINFO TERMINFO_DIRS TERMCAP TERMPATH OPENSSL_CONF OPENSSL_ENGINES
    OPENSSL_MODULES KRB5_CONFIG GTK_MODULES GIO_EXTRA_MODULES QT_PLUGIN_PATH`,
  "a JavaScript runtime": `NODE_OPTIONS NODE_PATH NODE_REPL_EXTERNAL_MODULE ELECTRON_RUN_AS_NODE
    npm_config_script_shell YARN_RC_FILENAME BUN_INSPECT_PRELOAD DENO_DIR`,
  python: `PYTHONPATH PYTHONHOME PYTHONSTARTUP PYTHONINSPECT PYTHONUSERBASE PYTHONBREAKPOINT
    PYTHONWARNINGS PYTHONEXECUTABLE PYTHONPLATLIBDIR`,
  "perl, ruby, lua, julia, php, R":
    `PERL5LIB PERL5OPT PERL5DB RUBYOPT RUBYLIB GEM_PATH BUNDLE_GEMFILE
    LUA_INIT LUA_PATH JULIA_LOAD_PATH PHPRC PHP_INI_SCAN_DIR R_HOME R_PROFILE_USER R_ENVIRON R_LIBS`,
  "a virtual machine":
    `JAVA_TOOL_OPTIONS JAVA_HOME _JAVA_OPTIONS JDK_JAVA_OPTIONS CLASSPATH COR_PROFILER
    CORECLR_PROFILER_PATH COMPlus_Profiler DOTNET_STARTUP_HOOKS DOTNET_ADDITIONAL_DEPS
    DOTNET_SHARED_STORE DOTNET_ROOT`,
  "a build":
    `GOFLAGS GOROOT GOTOOLCHAIN CARGO_HOME RUSTC RUSTC_WRAPPER RUSTFLAGS RUSTUP_TOOLCHAIN CC CXX
    MAKEFLAGS GNUMAKEFLAGS`,
  "a tool that starts another":
    `EDITOR VISUAL PAGER BROWSER MANPAGER LESSOPEN LESSCLOSE VIMINIT EXINIT
    HGEDITOR HGRCPATH FZF_DEFAULT_COMMAND RIPGREP_CONFIG_PATH RSYNC_CONNECT_PROG`,
  git: "GIT_DIR GIT_SSH_COMMAND GIT_CONFIG_COUNT GIT_EXEC_PATH GIT_TEMPLATE_DIR GIT_PROXY_COMMAND",
  "whatever is called like it": `SUDO_EDITOR GH_PAGER GH_BROWSER SSH_ASKPASS TMUX_SHELL BORG_RSH
    CVS_RSH MY_COMMAND MY_CMD MY_SSH MY_WRAPPER MY_PRELOAD MY_OPTIONS MAVEN_OPTS`,
};

for (const [who, names] of Object.entries(COMMANDING)) {
  Deno.test(`what makes ${who} run something is not handed on`, () => {
    const handedOn = names.split(/\s+/).filter((name) => !isCommanding(name));
    assertEquals(handedOn, []);
  });
}

/** What is data, however close its name comes to one of those. */
const DATA = `BASH_DEFAULT_TIMEOUT_MS BASH_MAX_OUTPUT_LENGTH MAX_THINKING_TOKENS GIT_AUTHOR_NAME
  GIT_COMMITTER_EMAIL GIT_SSL_CAINFO GIT_HTTP_LOW_SPEED_LIMIT GIT_TERMINAL_PROMPT DENO_CERT
  DENO_TLS_CA_STORE NODE_EXTRA_CA_CERTS NODE_ENV PYTHONUNBUFFERED DOTNET_CLI_TELEMETRY_OPTOUT
  HTTPS_PROXY SSL_CERT_FILE AWS_REGION CCC MY_PATH MYPATH PATHS HOMER UIDS EDITORS MY_SHELLS PS5
  PS42 MAIL TZ LANG LC_ALL`;

Deno.test("what is data is handed on", () => {
  assertEquals(DATA.split(/\s+/).filter(isCommanding), []);
});

function nameIn([, name = ""]: RegExpMatchArray): string {
  return name;
}

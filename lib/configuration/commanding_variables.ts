/**
 * Variables with which one program makes another run something, or look for what it runs elsewhere.
 * They are not handed on: a configuration file is data.
 *
 * The list begins with what `sudo` takes away from whoever becomes somebody else and what glibc
 * ignores for programs that do [sudo: `initial_badenv_table` in plugins/sudoers/env.c; glibc:
 * sysdeps/generic/unsecvars.h]. The rest is from the manuals that are named. Whatever is data, a
 * certificate, a proxy, a region, a limit, is in none of them.
 *
 * @module
 */

/** What each of them matches, in whatever case: Windows knows no other. */
const COMMANDING = new RegExp(
  `^(?:${
    [
      // Shells [bash(1), dash(1), zshparam(1), about_Environment_Variables].
      "PATH|PATHEXT|COMSPEC|IFS|SHELL|ENV|BASHOPTS|SHELLOPTS|CDPATH|GLOBIGNORE|FPATH|MODULE_PATH|ZDOTDIR",
      "BASH_(?!DEFAULT_|MAX_).*|[LRS]?PROMPT.*|PS[0-4][PRS]?|RPS[12]|(?:READ)?NULLCMD|MAIL(?:PATH|CHECK)",
      "INPUTRC|FCEDIT|PSMODULEPATH|PSEXECUTIONPOLICYPREFERENCE|CLAUDE_ENV_FILE",
      "YASH_.*|COMMAND_NOT_FOUND_HANDLER|FISH_.*|NU_.*|XONSH.*",
      // Their numbers: what is assigned to one is arithmetic, in which a subscript runs commands.
      "S?RANDOM|SECONDS|LINENO|COLUMNS|LINES|OPTIND|HISTCMD|HISTSIZE|SAVEHIST|LISTMAX|KEYTIMEOUT|FUNCNEST",
      "TMOUT|SHLVL|BASHPID|PIPESTATUS|PPID|PGRP|E?[UG]ID|USER_ID|KSH(?:UID|E?GID)|TRY_BLOCK_.*",
      // Where programs look for their own configuration, which can name others.
      "HOME|HOMEDRIVE|HOMEPATH|USERPROFILE|APPDATA|LOCALAPPDATA|PROGRAMDATA|PROGRAMFILES.*",
      "SYSTEMROOT|WINDIR|XDG_.*",
      // Loaders and libraries [ld.so(8), dyld(1), openssl-env(7)].
      "LD_.*|DYLD_.*|_RLD.*|LDR_.*|LIBPATH|SHLIB_PATH|GCONV_PATH|GETCONF_DIR|GLIBC_TUNABLES|LOCPATH",
      "NLSPATH|PATH_LOCALE|RES_OPTIONS|HOSTALIASES|LOCALDOMAIN|MALLOC_TRACE|TERMINFO.*|TERMCAP|TERMPATH",
      "OPENSSL_(?:CONF|ENGINES|MODULES)|KRB5_CONFIG.*|GTK_MODULES|GIO_EXTRA_MODULES|QT_PLUGIN_PATH",
      // Runtimes [node(1), python(1), perlrun(1), ruby(1), JVM tool interface, .NET host tracing].
      "NODE_OPTIONS|NODE_PATH|NODE_REPL_.*|ELECTRON_RUN_AS_NODE|NPM_CONFIG_.*|YARN_.*|BUN_.*",
      "DENO_(?!CERT$|TLS_CA_STORE$).*|PERL.*|RUBY.*|GEM_.*|BUNDLE_.*|LUA_.*|JULIA_.*|PHPRC|PHP_INI_.*",
      "PYTHON(?:PATH|HOME|STARTUP|INSPECT|USERBASE|BREAKPOINT|WARNINGS|EXECUTABLE|PLATLIBDIR)",
      "JAVA_.*|_JAVA_.*|JDK_.*|CLASSPATH|COR_.*|CORECLR_.*|COMPLUS_.*|R_(?:HOME|PROFILE|ENVIRON|LIBS).*",
      "DOTNET_(?:STARTUP_HOOKS|ADDITIONAL_DEPS|SHARED_STORE|ROOT.*)",
      // Builds [go(1), cargo(1), make(1)].
      "GOFLAGS|GOROOT|GOTOOLCHAIN|CARGO_.*|RUSTC.*|RUSTFLAGS|RUSTUP_.*|CC|CXX|[A-Z]*MAKEFLAGS",
      // What tools start for the user [git(1), ssh(1), less(1), environ(7)].
      "EDITOR|VISUAL|PAGER|BROWSER|MANPAGER|LESS.*|VIMINIT|EXINIT|HGEDITOR|HGRCPATH|FZF_.*",
      "GIT_(?!AUTHOR_|COMMITTER_|SSL_|HTTP_|TERMINAL_PROMPT$).*|RIPGREP_CONFIG_PATH|RSYNC_CONNECT_PROG",
      ".*_(?:EDITOR|PAGER|BROWSER|ASKPASS|SHELL|COMMAND|CMD|RSH|SSH|WRAPPER|PRELOAD|OPTIONS|OPTS)",
    ].join("|")
  })$`,
  "i",
);

/**
 * Whether a variable can make a program run something.
 *
 * @param name Its name.
 * @returns Whether it can.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(["GIT_SSH_COMMAND", "PATH", "PERL5OPT"].every(isCommanding), true);
 * assertEquals(["NODE_EXTRA_CA_CERTS", "GIT_AUTHOR_NAME", "HTTPS_PROXY"].some(isCommanding), false);
 * ```
 */
export function isCommanding(name: string): boolean {
  return COMMANDING.test(name);
}
